import { Button, NativeSelect } from '@mantine/core'
import {
  Chip,
  ConfirmDialog,
  DataTable,
  EvidenceDrawer,
  Loaded,
  Notice,
  StateMark,
  formatAgo,
  formatCount,
} from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api.ts'
import { effects } from './effects.ts'
import { TryTool } from './try-tool.tsx'

const readSources = () => api.get('/sources')
type Source = Awaited<ReturnType<typeof readSources>>['sources'][number]

/** The tools of a source as it describes them now, and one to try. */
export function SourceDrawer({
  name,
  source,
  onClose,
}: {
  name: string
  source: Source | undefined
  onClose: () => void
}) {
  const queries = useQueryClient()
  const [picked, setPicked] = useState('')
  const [isRemoving, setRemoving] = useState(false)
  const tools = useQuery({
    enabled: name !== '',
    retry: false,
    queryKey: ['agents', 'sources', name],
    queryFn: ({ signal }) => api.get('/sources/:source/tools', { params: { source: name }, signal }),
  })
  const remove = useMutation({
    mutationFn: () => api.delete('/sources/:source', { params: { source: name } }),
    onSuccess: async () => {
      setRemoving(false)
      onClose()
      await queries.invalidateQueries({ queryKey: ['agents', 'sources'] })
    },
  })
  const rows = tools.data?.tools ?? []
  const tool = rows.find((each) => each.name === picked) ?? rows[0]
  return (
    <EvidenceDrawer
      isOpen={name !== ''}
      onClose={onClose}
      title={source?.title ?? name}
      note={[name, source?.address].filter(Boolean).join(' · ')}
      actions={
        source?.origin === 'tenant' ? (
          <Button size="compact-sm" variant="default" onClick={() => setRemoving(true)}>
            Remove
          </Button>
        ) : null
      }
    >
      {source?.lastFailure ? (
        <Notice tone="warn" title={`Last failure ${formatAgo(source.lastFailureMs ?? 0, Date.now())}`}>
          <p>{source.lastFailure}</p>
        </Notice>
      ) : null}
      <Loaded of={tools} what="Asking the source for its tools" lines={5}>
        {() => (
          <DataTable
            caption="Tools"
            rows={rows}
            keyOf={(each) => each.name}
            selected={tool?.name ?? null}
            onOpen={(each) => setPicked(each.name)}
            urlName="tools"
            columns={[
              {
                key: 'name',
                title: 'Tool',
                isWide: true,
                render: ({ title, description }) => <span title={description}>{title}</span>,
              },
              {
                key: 'effect',
                title: 'May change',
                width: '132px',
                render: ({ effect }) => (
                  <StateMark state={effects[effect]?.mark ?? 'idle'}>
                    {effects[effect]?.word ?? effect}
                  </StateMark>
                ),
              },
              {
                key: 'calls',
                title: 'Calls',
                isNumber: true,
                width: '72px',
                isSecondary: true,
                render: ({ calls, failures }) => (
                  <span title={`${failures} failed`}>{formatCount(calls)}</span>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {tool === undefined ? null : (
        <>
          <p>{tool.description}</p>
          <p className="hl-row">
            {tool.takesKey ? <Chip>safe to repeat</Chip> : null}
            {tool.canCheck ? <Chip>can be checked</Chip> : null}
            {tool.agents.length === 0 ? (
              <span className="hl-fine">No live agent uses it.</span>
            ) : (
              tool.agents.map((agent) => (
                <Link key={agent} to={`/agents/studio/${agent}` as '/'}>
                  {agent}
                </Link>
              ))
            )}
          </p>
          <NativeSelect
            label="Try a tool"
            value={tool.name}
            data={rows.map((each) => ({ value: each.name, label: each.title }))}
            onChange={(event) => setPicked(event.currentTarget.value)}
          />
          <TryTool
            key={`${name} ${tool.name}`}
            source={name}
            tool={tool}
            credential={source?.credential ?? null}
          />
        </>
      )}
      <ConfirmDialog
        isOpen={isRemoving}
        title={`Remove “${name}”?`}
        going={[{ count: source?.agents.length ?? 0, what: 'live agents use it' }]}
        confirm="Remove source"
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onCancel={() => setRemoving(false)}
      >
        Agents that name it fail at their next call of it. It can be added again.
      </ConfirmDialog>
    </EvidenceDrawer>
  )
}
