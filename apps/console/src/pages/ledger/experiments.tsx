import { useQuery } from '@tanstack/react-query'
import { Empty, ExperimentView, Loaded, Page, Panel } from '@heavylift/ui'
import { api } from '../../api.ts'

/** Every experiment of every system, each from the ledger's two tables. */
export default function Experiments() {
  const experiments = useQuery({
    queryKey: ['experiments'],
    queryFn: ({ signal }) => api.get('/experiments', { signal }),
    refetchInterval: 15_000,
  })
  return (
    <Page
      title="Experiments"
      lead="What changed because of a system: conversion by arm, with intervals and a test that stays valid however often it is looked at."
    >
      <Loaded of={experiments} what="Computing conversion by arm">
        {(answer) =>
          answer.experiments.length === 0 ? (
            <Panel>
              <Empty title="No experiment has units yet">
                An experiment appears here when its first shopper or address is given an arm. Open the demo
                store once, or switch the experiment on in the configuration.
              </Empty>
            </Panel>
          ) : (
            answer.experiments.map((each) => (
              <Panel
                key={`${each.system}.${each.name}`}
                title={each.name}
                note={`${each.system} · outcome: ${each.outcomeKind}`}
              >
                <ExperimentView
                  report={each.report}
                  outcome={each.outcomeKind}
                  units={each.units}
                  betterIs={each.betterIs}
                />
              </Panel>
            ))
          )
        }
      </Loaded>
    </Page>
  )
}
