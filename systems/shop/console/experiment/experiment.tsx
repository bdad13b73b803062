import { useQuery } from '@tanstack/react-query'
import { ExperimentView, Loaded, Page, Panel, StateMark } from '@heavylift/ui'
import { api } from '../api.ts'

/** Relative uplift of purchases that the assistant is meant to reach. */
const goal = 0.6

/** Does the assistant help? Shoppers with it against shoppers without. */
export default function Experiment() {
  const experiment = useQuery({
    queryKey: ['shop', 'experiment'],
    queryFn: ({ signal }) => api.get('/experiment', { signal }),
    refetchInterval: 10_000,
  })
  return (
    <Page
      title="Experiment"
      lead="Shoppers with the assistant against shoppers without it: how many of each buy. From the ledger, nowhere else."
    >
      <Loaded of={experiment} what="Computing conversion by arm">
        {(answer) => (
          <Panel
            title="Purchases with and without the assistant"
            note={`a purchase counts for ${answer.attributionHours} h after a shopper is first given an arm`}
            actions={
              <StateMark state={answer.running ? 'good' : 'idle'}>
                {answer.running ? 'Running' : 'Off: every shopper gets the assistant'}
              </StateMark>
            }
          >
            <ExperimentView
              report={answer.report}
              goal={goal}
              outcome="purchase"
              units="shoppers"
              betterIs="more"
            />
          </Panel>
        )}
      </Loaded>
    </Page>
  )
}
