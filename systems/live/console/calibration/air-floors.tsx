import { format, Panel } from '@heavylift/ui'
import type { TrainingReport } from '../../src/routes/answers.ts'
import { insightKinds } from '../../src/insights/kinds.ts'
import { Facts } from '../facts.tsx'

/** What of each kind goes on air as an alert: from its learned floor on, or why there is none. */
export function AirFloors({ reports }: { reports: readonly TrainingReport[] }) {
  return (
    <Panel title="What goes on air as an alert">
      <Facts
        facts={insightKinds.flatMap(({ title, sports, air }): [string, string][] => {
          if ('noFloor' in air) return [[`${title} (${sports.join(', ')})`, air.noFloor]]
          return air.floorOf.map((model) => {
            const report = reports.find(({ name }) => name === model)
            return [report?.title ?? title, ruleOf(report?.floor ?? null)]
          })
        })}
      />
    </Panel>
  )
}

function ruleOf(floor: number | null): string {
  return floor === null
    ? 'Never: on games that did not teach a floor, alerts were not right often enough. The Director shows it with its probability.'
    : `From ${format.formatPercent(floor)} on, the floor that outcomes of other games taught. Below, the Director alone shows it.`
}
