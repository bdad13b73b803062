import { DataTable, Panel, format } from '@heavylift/ui'
import type { GatewayConfig, ModelConfig } from '../../src/table/gateway-config.ts'

interface Row {
  name: string
  model: ModelConfig
  /** Classes of work that it serves. */
  tasks: string[]
}

/** Models and where their requests go. */
export function RouteTable({
  table,
  selected,
  open,
}: {
  table: GatewayConfig
  selected: string
  open: (name: string) => void
}) {
  const rows: Row[] = Object.entries(table.models).map(([name, model]) => ({
    name,
    model,
    tasks: Object.entries(table.tasks)
      .filter(([, serves]) => serves === name)
      .map(([task]) => task),
  }))
  return (
    <Panel title="Routes" note="the table in effect" flush>
      <DataTable
        caption="Routes"
        rows={rows}
        keyOf={(row) => row.name}
        selected={selected}
        onOpen={(row) => open(row.name)}
        columns={[
          {
            key: 'name',
            title: 'Model',
            width: '160px',
            render: ({ name, tasks }) => (
              <span title={tasks.length > 0 ? `Serves the work: ${tasks.join(', ')}` : undefined}>
                <span className="hl-code">{name}</span>
                {tasks.length > 0 ? <span className="hl-fine"> for {tasks.join(', ')}</span> : null}
              </span>
            ),
          },
          {
            key: 'targets',
            title: 'Targets',
            isWide: true,
            render: ({ model }) => <span className="hl-code hl-fine">{targetsText(model)}</span>,
          },
          { key: 'policy', title: 'Policy', isSecondary: true, render: ({ model }) => model.policy },
          {
            key: 'queue',
            title: 'Queue',
            isNumber: true,
            isSecondary: true,
            render: ({ model: { queue } }) =>
              `${format.formatCount(queue.maxWaiting)}, ${format.formatDuration(queue.maxWaitMs)}`,
          },
          {
            key: 'cache',
            title: 'Cache',
            isSecondary: true,
            render: ({ model: { cache } }) =>
              cache === null
                ? 'none'
                : `${format.formatDuration(cache.ttlSeconds * 1000)}${cache.shared ? ', shared' : ''}`,
          },
          {
            key: 'deadlines',
            title: 'First token / gap / whole',
            isNumber: true,
            isSecondary: true,
            render: ({ model: { deadlines } }) =>
              [deadlines.firstTokenMs, deadlines.betweenTokensMs, deadlines.totalMs]
                .map(format.formatDuration)
                .join(' / '),
          },
        ]}
      />
    </Panel>
  )
}

function targetsText({ targets }: ModelConfig): string {
  return targets
    .map(({ provider, model, tier }) => `${provider} → ${model}${tier > 0 ? ` (tier ${tier})` : ''}`)
    .join(', ')
}
