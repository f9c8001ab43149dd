# The pictures of the documents are what the program draws; to draw them again, write them there.
actorsim graph scenarios/deadlock/crossing-transfers.yaml --case 2 --format svg | cmp - scenarios/pictures/crossing-calls.svg
actorsim graph scenarios/deadlock/crossing-transfers.yaml --case 2 --wait-for --format svg | cmp - scenarios/pictures/crossing-waits.svg
