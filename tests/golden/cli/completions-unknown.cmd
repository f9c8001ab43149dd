actorsim completions bsh
