actorsim explain never possible always
