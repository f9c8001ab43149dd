actorsim run scenarios/basics/one-call.yaml --report json=report.json && grep -c '"outcome"' report.json
