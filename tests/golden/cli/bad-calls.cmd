actorsim run scenarios/basics --calls many; actorsim run scenarios/basics/one-call.yaml --progress soon
