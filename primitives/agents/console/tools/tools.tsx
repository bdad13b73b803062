import { Button } from '@mantine/core'
import {
  Chip,
  DataTable,
  Empty,
  Loaded,
  Page,
  Panel,
  formatAgo,
  formatCount,
  useUrlState,
} from '@heavylift/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'
import { AddSource } from './add-source.tsx'
import { CredentialList } from './credential-list.tsx'
import { SourceDrawer } from './source-drawer.tsx'
import { ToolChanges } from './tool-changes.tsx'

const origins: Record<string, string> = {
  house: 'Always there',
  configuration: 'Configuration',
  tenant: 'Added here',
}

/** Where tools come from, who uses them, and with what they sign in. */
export default function Tools() {
  const [state, set] = useUrlState({ source: '' })
  const [isAdding, setAdding] = useState(false)
  const sources = useQuery({
    queryKey: ['agents', 'sources'],
    queryFn: ({ signal }) => api.get('/sources', { signal }),
  })
  const chosen = sources.data?.sources.find(({ name }) => name === state.source)
  return (
    <Page
      title="Tools and credentials"
      lead="Where tools come from, what they may change, which agents use them, and with what they sign in."
      actions={
        <Button size="compact-md" onClick={() => setAdding(true)}>
          Add tools
        </Button>
      }
    >
      <ToolChanges />
      <Panel title="Sources of tools" flush>
        <Loaded of={sources} what="Reading the sources of tools" lines={6}>
          {({ sources: rows }) => (
            <DataTable
              caption="Sources of tools"
              rows={rows}
              keyOf={({ name }) => name}
              onOpen={({ name }) => set({ source: name })}
              selected={state.source}
              columns={[
                {
                  key: 'title',
                  title: 'Source',
                  isWide: true,
                  sortBy: ({ title }) => title,
                  render: ({ name, title, address }) => (
                    <span title={address ?? title}>
                      <b>{title}</b> <span className="hl-fine">{name}</span>
                    </span>
                  ),
                },
                {
                  key: 'origin',
                  title: 'From',
                  width: '128px',
                  isSecondary: true,
                  render: ({ origin }) => origins[origin] ?? origin,
                },
                {
                  key: 'credential',
                  title: 'Signs in with',
                  width: '140px',
                  isSecondary: true,
                  render: ({ credential }) => credential ?? '–',
                },
                {
                  key: 'agents',
                  title: 'Agents',
                  isNumber: true,
                  width: '84px',
                  sortBy: ({ agents }) => agents.length,
                  render: ({ agents }) => <span title={agents.join(', ')}>{agents.length}</span>,
                },
                {
                  key: 'calls',
                  title: 'Calls',
                  isNumber: true,
                  width: '84px',
                  isSecondary: true,
                  sortBy: ({ calls }) => calls,
                  render: ({ calls }) => formatCount(calls),
                },
                {
                  key: 'failures',
                  title: 'Failed',
                  isNumber: true,
                  width: '84px',
                  sortBy: ({ failures }) => failures,
                  render: ({ failures, lastFailure }) => (
                    <span title={lastFailure ?? ''}>{formatCount(failures)}</span>
                  ),
                },
                {
                  key: 'last',
                  title: 'Last call',
                  width: '120px',
                  isSecondary: true,
                  sortBy: ({ lastMs }) => lastMs,
                  render: ({ lastMs }) =>
                    lastMs === null ? <Chip>never</Chip> : formatAgo(lastMs, Date.now()),
                },
              ]}
            />
          )}
        </Loaded>
        {sources.data?.sources.some(({ origin }) => origin !== 'house') === false ? (
          <Empty
            title="Nothing of your own yet"
            action={
              <Button size="compact-sm" onClick={() => setAdding(true)}>
                Add tools
              </Button>
            }
          >
            Bring an OpenAPI document, the address of an MCP server, a database or a mailbox. What is above is
            there for every agent.
          </Empty>
        ) : null}
      </Panel>
      <CredentialList sources={sources.data?.sources.map(({ name }) => name) ?? []} />
      {isAdding ? (
        <AddSource
          onClose={() => setAdding(false)}
          onAdded={(name) => {
            setAdding(false)
            set({ source: name })
          }}
        />
      ) : null}
      <SourceDrawer name={state.source} source={chosen} onClose={() => set({ source: '' })} />
    </Page>
  )
}
