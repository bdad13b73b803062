import { DataTable, format, Panel } from '@heavylift/ui'
import type { TrainingReport } from '../../src/routes/answers.ts'
import { insightKinds } from '../../src/insights/kinds.ts'

/** What of each kind goes on air as an alert: from its learned floor on, or why there is none. */
export function AirFloors({ reports }: { reports: readonly TrainingReport[] }) {
  const rows = insightKinds.flatMap(({ kind, title, sports, air }) =>
    'noFloor' in air
      ? [{ key: kind, title, sports, rule: air.noFloor }]
      : air.floorOf.map((model) => {
          const report = reports.find(({ name }) => name === model)
          return { key: model, title: report?.title ?? title, sports, rule: ruleOf(report?.floor ?? null) }
        }),
  )
  return (
    <Panel title="What goes on air as an alert">
      <DataTable
        caption="What goes on air as an alert, by kind of insight"
        rows={rows}
        keyOf={({ key }) => key}
        columns={[
          { key: 'title', title: 'Insight', render: ({ title }) => title },
          { key: 'sports', title: 'Sport', render: ({ sports }) => sports.join(', ') },
          { key: 'rule', title: 'On air', render: ({ rule }) => rule },
        ]}
      />
    </Panel>
  )
}

function ruleOf(floor: number | null): string {
  return floor === null
    ? 'Never: on games that did not teach a floor, alerts were not right often enough. The Director shows it with its probability.'
    : `From ${format.formatPercent(floor)} on, the floor that outcomes of other games taught. Below, the Director alone shows it.`
}
