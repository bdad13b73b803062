import { Button } from '@mantine/core'
import { DataTable, Empty, Panel, formatCount } from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import type { Figures } from '../../src/live/frames.ts'

type Stuck = Figures['stuck'][number]

/** Who does not get on, the one that only a person can help first. */
export function StuckRobots({
  figures,
  columns,
  onChoose,
  onMend,
}: {
  figures: Figures
  columns: number
  onChoose: (robot: number) => void
  onMend: () => void
}) {
  const shown: Column<Stuck>[] = [
    { key: 'robot', title: 'Robot', isNumber: true, width: '80px', render: ({ robot }) => robot },
    { key: 'why', title: 'Why', isWide: true, render: ({ why }) => why },
    {
      key: 'place',
      title: 'Place',
      isSecondary: true,
      render: ({ cell }) => `row ${Math.floor(cell / columns)}, column ${cell % columns}`,
    },
    {
      key: 'steps',
      title: 'Steps',
      isNumber: true,
      width: '88px',
      render: ({ steps }) => formatCount(steps),
    },
  ]
  return (
    <Panel
      title="Stuck robots"
      note={`${formatCount(figures.stuckCount)}, ${figures.stuckCount > figures.stuck.length ? `the first ${figures.stuck.length}` : 'all'} here`}
      flush
      actions={
        <Button size="compact-sm" variant="default" onClick={onMend}>
          Mend all that failed
        </Button>
      }
    >
      {figures.stuck.length === 0 ? (
        <Empty title="All robots get on">Unplug some to see what a floor can bear.</Empty>
      ) : (
        <DataTable
          caption="Robots that do not get on"
          columns={shown}
          rows={figures.stuck}
          keyOf={({ robot }) => String(robot)}
          onOpen={({ robot }) => onChoose(robot)}
          heightPx={360}
        />
      )}
    </Panel>
  )
}
