printf 'h\nt1.t2.t1.t2\nr\nauto\nu\n' | actorsim play scenarios/basics/a-b-a.yaml --case 1 --color always --ascii
