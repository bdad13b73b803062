import { DataTable, Panel, StateMark } from '@heavylift/ui'
import { replicaStates } from '../words.ts'
import { stateOf, valueOf, worstFirst } from './fleet-groups.ts'
import type { Measure } from './fleet-groups.ts'
import { inWords, measures } from './measures.ts'
import type { FleetPicture } from './use-fleet.ts'

const most = 15

/** The same in words, the worst first; what can be reached by the keyboard. */
export function WorstReplicas({
  fleet,
  places,
  measure,
  selected,
  onSelect,
}: {
  fleet: FleetPicture
  places: readonly number[]
  measure: Measure
  selected: number | null
  onSelect: (at: number) => void
}) {
  const worst = places.toSorted(worstFirst(fleet, measure)).slice(0, most)
  const shown: Measure[] = [...new Set<Measure>([measure, 'inFlight', 'ttftMs', 'failedPercent'])]
  return (
    <Panel title="Worst first" note={`${worst.length} of ${places.length}`} flush>
      <DataTable
        caption="Worst replicas"
        rows={worst}
        keyOf={(at) => fleet.list[at]?.id ?? String(at)}
        onOpen={onSelect}
        selected={selected === null ? null : (fleet.list[selected]?.id ?? null)}
        columns={[
          {
            key: 'state',
            title: 'State',
            width: '128px',
            render: (at) => {
              const { mark, word } = replicaStates[stateOf(fleet, at)]
              return <StateMark state={mark}>{word}</StateMark>
            },
          },
          {
            key: 'id',
            title: 'Replica',
            isWide: true,
            render: (at) => <span className="hl-code">{fleet.list[at]?.id}</span>,
          },
          ...shown.map((name, index) => ({
            key: name,
            title: measures[name].name,
            isNumber: true,
            isSecondary: index > 0,
            render: (at: number) => inWords(name, valueOf(fleet, at, name)),
          })),
        ]}
      />
    </Panel>
  )
}
