actorsim graph scenarios/header/dropped-header.yaml --case 1 --format dot
