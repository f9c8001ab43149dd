actorsim compare scenarios/releases/limits-below-one.yaml --ascii
