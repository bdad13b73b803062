import { useNavigate } from '@tanstack/react-router'
import { DataTable, Panel, StateMark, format } from '@heavylift/ui'
import type { GatewaySnapshot } from '../../src/metering/gateway-snapshot.ts'

/** The models that clients ask for, each with its queue; a row leads to its route. */
export function ServedModels({ models }: { models: GatewaySnapshot['models'] }) {
  const navigate = useNavigate()
  return (
    <Panel title="Models" note="last five minutes" flush>
      <DataTable
        caption="Models"
        rows={models}
        keyOf={(model) => model.name}
        onOpen={(model) =>
          void navigate({ to: '/models/routes' as never, search: { model: model.name } as never })
        }
        columns={[
          {
            key: 'name',
            title: 'Model',
            isWide: true,
            render: ({ name }) => <span className="hl-code">{name}</span>,
          },
          {
            key: 'waiting',
            title: 'Waiting',
            render: ({ waiting }) => (
              <StateMark state={waiting > 0 ? 'warn' : 'idle'}>{format.formatCount(waiting)}</StateMark>
            ),
          },
          {
            key: 'inFlight',
            title: 'In flight',
            isNumber: true,
            render: (model) => format.formatCount(model.inFlight),
          },
          {
            key: 'rate',
            title: 'Tokens/s',
            isNumber: true,
            render: (model) => format.formatCount(model.tokensPerSecond),
          },
          {
            key: 'ttft',
            title: 'First token p50 / p99',
            isNumber: true,
            isSecondary: true,
            render: ({ ttftMs }) =>
              ttftMs ? `${format.formatDuration(ttftMs.p50)} / ${format.formatDuration(ttftMs.p99)}` : '–',
          },
          {
            key: 'cache',
            title: 'Cache',
            isNumber: true,
            isSecondary: true,
            render: ({ cacheHits, cacheAsked }) =>
              cacheAsked > 0 ? format.formatPercent(cacheHits / cacheAsked) : 'off',
          },
          {
            key: 'failed',
            title: 'Failed',
            isNumber: true,
            isSecondary: true,
            render: ({ failed, cut, ended }) =>
              ended > 0 ? format.formatPercent((failed + cut) / ended) : '–',
          },
          {
            key: 'cost',
            title: 'Cost, last hour',
            isNumber: true,
            isSecondary: true,
            render: ({ costMicrosLastHour }) =>
              costMicrosLastHour === null ? '–' : format.formatCost(costMicrosLastHour),
          },
        ]}
      />
    </Panel>
  )
}
