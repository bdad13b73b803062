import { Button } from '@mantine/core'
import { Chip, DataTable, Empty, ErrorState, Panel, formatAgo, formatCount } from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../api.ts'

export interface ToldRobot {
  robot: number
  manufacturer: string
  serialNumber: string
  version: string
  status: string
  cell: number
  heardAtMs: number | null
  sentAtMs: number | null
  charge: number | null
  why: string
}

const tones: Record<string, 'good' | 'warn' | 'bad'> = {
  ready: 'good',
  paused: 'warn',
  waiting: 'warn',
  away: 'warn',
  lost: 'bad',
  quarantined: 'bad',
}
const words: Record<string, string> = {
  ready: 'ready',
  paused: 'stands',
  waiting: 'silent so far',
  away: 'driven by hand',
  lost: 'not connected',
  quarantined: 'quarantine',
}

/** Robots of a floor, those first that need somebody. */
export function RobotsPanel({
  floorId,
  robots,
  total,
  nowMs,
}: {
  floorId: string
  robots: readonly ToldRobot[]
  total: number
  nowMs: number
}) {
  const client = useQueryClient()
  const believing = useMutation({
    mutationFn: (robot: number) =>
      api.post('/floors/:floorId/robots/:robot/believe', {
        params: { floorId, robot: String(robot) },
        body: { reason: 'Looked at, from the console' },
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ['robots', 'control', floorId] }),
  })
  const ago = (atMs: number | null): string => (atMs === null ? 'never' : formatAgo(atMs, nowMs))
  const columns: Column<ToldRobot>[] = [
    {
      key: 'robot',
      title: 'Robot',
      width: '200px',
      render: (row) => `${row.manufacturer}/${row.serialNumber}`,
    },
    {
      key: 'status',
      title: 'State',
      width: '140px',
      render: ({ status }) => (
        <Chip {...(tones[status] ? { tone: tones[status] } : {})}>{words[status] ?? status}</Chip>
      ),
    },
    { key: 'why', title: 'Why', isWide: true, render: ({ why }) => why },
    {
      key: 'cell',
      title: 'Cell',
      isNumber: true,
      width: '80px',
      isSecondary: true,
      render: ({ cell }) => cell,
    },
    {
      key: 'heard',
      title: 'Heard',
      width: '100px',
      sortBy: ({ heardAtMs }) => heardAtMs,
      render: ({ heardAtMs }) => ago(heardAtMs),
    },
    {
      key: 'sent',
      title: 'Last command',
      width: '124px',
      isSecondary: true,
      sortBy: ({ sentAtMs }) => sentAtMs,
      render: ({ sentAtMs }) => ago(sentAtMs),
    },
    {
      key: 'charge',
      title: 'Charge',
      isNumber: true,
      width: '88px',
      isSecondary: true,
      sortBy: ({ charge }) => charge,
      render: ({ charge }) => (charge === null ? '–' : `${Math.round(charge)} %`),
    },
    { key: 'version', title: 'VDA 5050', width: '96px', isSecondary: true, render: ({ version }) => version },
    {
      key: 'act',
      title: '',
      name: 'What can be done',
      width: '120px',
      render: ({ robot, status }) =>
        status === 'quarantined' ? (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Believe robot ${robot} again`}
            onClick={() => believing.mutate(robot)}
          >
            Believe it
          </Button>
        ) : null,
    },
  ]
  return (
    <Panel
      title="Robots"
      note={total > robots.length ? `${formatCount(robots.length)} of ${formatCount(total)}` : 'all'}
      flush
    >
      {believing.isError ? <ErrorState error={believing.error} /> : null}
      {robots.length === 0 ? (
        <Empty title="No robot was heard">Start a gateway, then the robots.</Empty>
      ) : (
        <DataTable
          caption="Robots of the floor"
          columns={columns}
          rows={robots}
          keyOf={({ robot }) => String(robot)}
          heightPx={420}
        />
      )}
    </Panel>
  )
}
