import { useQuery } from '@tanstack/react-query'
import { Chip, DataTable, Loaded, Page, Panel } from '@heavylift/ui'
import { api } from '../../api.ts'
import { Keys } from './keys.tsx'

export default function Settings() {
  const settings = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => api.get('/settings', { signal }),
  })
  return (
    <Page title="Keys and settings" lead="Who may call this server, and how it is configured.">
      <Keys />
      <Panel
        title="Configuration"
        note="read at start; change the file or the environment, then restart"
        flush
      >
        <Loaded of={settings} what="Reading the configuration">
          {(answer) => (
            <DataTable
              caption="Configuration options"
              rows={answer.options}
              keyOf={(option) => option.name}
              columns={[
                {
                  key: 'name',
                  title: 'Option',
                  sortBy: (option) => option.name,
                  width: '240px',
                  render: (option) => <span className="hl-code">{option.name}</span>,
                },
                {
                  key: 'value',
                  title: 'Value',
                  width: '200px',
                  render: (option) => <span className="hl-code">{option.value}</span>,
                },
                {
                  key: 'source',
                  title: 'Set by',
                  sortBy: (option) => option.source,
                  width: '120px',
                  render: (option) =>
                    option.source === 'default' ? (
                      <span className="hl-fine">default</span>
                    ) : (
                      <Chip tone="accent">{option.source}</Chip>
                    ),
                },
                {
                  key: 'description',
                  title: 'What it does',
                  isWide: true,
                  isSecondary: true,
                  render: (option) => (
                    <span className="hl-dim" title={option.description}>
                      {option.description}
                    </span>
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      </Panel>
    </Page>
  )
}
