import { useQuery } from '@tanstack/react-query'
import { DataTable, Loaded, Panel, StateMark } from '@heavylift/ui'
import { api } from '../api.ts'
import type { Answer } from '../api.ts'

export type KeptTest = Answer<'/merchandising/tests'>['tests'][number]

export const testsKey = ['shop', 'merchandising', 'tests']

/** Promises about lists, held against what shoppers see now. A wrong synonym, rule or import shows red here. */
export function KeptTests() {
  const tests = useQuery({
    queryKey: testsKey,
    queryFn: ({ signal }) => api.get('/merchandising/tests', { signal }),
  })
  return (
    <Panel title="Kept tests" note="held against the lists as they are now">
      <Loaded of={tests} what="Holding the tests">
        {(answer) =>
          answer.tests.length === 0 ? (
            <p className="hl-dim">
              None yet. Under Merchandising a line such as “test sofa = p-12 in top 3” is one.
            </p>
          ) : (
            <TestTable tests={answer.tests} />
          )
        }
      </Loaded>
    </Panel>
  )
}

export function TestTable({ tests }: { tests: readonly KeptTest[] }) {
  return (
    <DataTable
      caption="Kept tests"
      rows={tests}
      keyOf={(test) => `${test.query}\n${test.productId}\n${test.top}`}
      columns={[
        {
          key: 'state',
          title: 'State',
          width: '112px',
          render: (test) => (
            <StateMark state={test.passed ? 'good' : 'bad'}>{test.passed ? 'Kept' : 'Broken'}</StateMark>
          ),
        },
        { key: 'query', title: 'Asked for', isWide: true, render: (test) => test.query },
        {
          key: 'product',
          title: 'Product',
          isWide: true,
          render: (test) => test.title ?? `${test.productId} (not in the catalog)`,
        },
        { key: 'top', title: 'Wanted in top', isNumber: true, width: '112px', render: (test) => test.top },
        {
          key: 'position',
          title: 'Stands at',
          isNumber: true,
          width: '112px',
          render: (test) => test.position ?? 'not listed',
        },
      ]}
    />
  )
}
