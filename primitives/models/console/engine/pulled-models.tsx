import { Button } from '@mantine/core'
import { DataTable, Empty, Panel, StateMark, format } from '@heavylift/ui'
import type { EngineAnswer } from '../../src/routes/engine.ts'

/** Models on this machine's disk; any of them can be served. */
export function PulledModels({
  pulled,
  served,
  starting,
  onServe,
}: {
  pulled: EngineAnswer['pulled']
  served: string[]
  /** The one that was just asked for. */
  starting: string | null
  onServe: (model: string) => void
}) {
  return (
    <Panel title="Pulled models" note="on this machine" flush>
      {pulled.length === 0 ? (
        <Empty title="None yet">Pull a small one: about 100 MB, no graphics card needed.</Empty>
      ) : (
        <DataTable
          caption="Pulled models"
          rows={pulled}
          keyOf={({ name }) => name}
          columns={[
            {
              key: 'name',
              title: 'Model',
              isWide: true,
              render: ({ name, source }) => (
                <span className="hl-code" title={`From ${source}`}>
                  {name}
                </span>
              ),
            },
            { key: 'kind', title: 'Kind', isSecondary: true, render: ({ architecture }) => architecture },
            {
              key: 'licence',
              title: 'Licence',
              isSecondary: true,
              render: ({ licence }) => licence ?? 'unknown',
            },
            {
              key: 'context',
              title: 'Context',
              isNumber: true,
              isSecondary: true,
              render: ({ contextTokens }) => format.formatCount(contextTokens),
            },
            { key: 'bytes', title: 'Size', isNumber: true, render: ({ bytes }) => format.formatBytes(bytes) },
            {
              key: 'serve',
              title: <span className="hl-hidden">Actions</span>,
              width: '104px',
              render: ({ name }) =>
                served.includes(name) ? (
                  <StateMark state="good">Served</StateMark>
                ) : (
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`Serve ${name}`}
                    loading={starting === name}
                    onClick={() => onServe(name)}
                  >
                    Serve
                  </Button>
                ),
            },
          ]}
        />
      )}
    </Panel>
  )
}
