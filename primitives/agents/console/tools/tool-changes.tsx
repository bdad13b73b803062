import { Button, TextInput } from '@mantine/core'
import { ErrorState, Notice, formatAgo } from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api.ts'
import { DiffLines } from '../studio/diff-lines.tsx'

const readChanges = (agent?: string) =>
  api.get('/tools/changes', { query: agent === undefined ? {} : { agent } })
type Change = Awaited<ReturnType<typeof readChanges>>['changes'][number]

/** Tools that are not what they were when agents took them up, with what differs; of one agent, or of all. */
export function ToolChanges({ agent }: { agent?: string }) {
  const changes = useQuery({
    queryKey: ['agents', 'tool-changes', agent ?? ''],
    queryFn: () => readChanges(agent),
  })
  return changes.data?.changes.map((change) => (
    <ChangedTool key={`${change.source} ${change.tool} ${change.wasPin}`} change={change} agent={agent} />
  ))
}

function ChangedTool({ change, agent }: { change: Change; agent: string | undefined }) {
  const { source, tool, wasPin, nowPin, foundMs, diff, agents } = change
  const client = useQueryClient()
  const [despite, setDespite] = useState('')
  const accept = useMutation({
    mutationFn: () =>
      api.post('/tools/changes/accept', {
        body: {
          source,
          tool,
          wasPin,
          nowPin,
          ...(agent === undefined ? {} : { agents: [agent] }),
          ...(despite.trim() === '' ? {} : { despite }),
        },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['agents'] }),
  })
  const named = agent === undefined ? agents : [agent]
  return (
    <Notice tone="warn" title={`The tool ${tool} of ${source} has changed`}>
      <p>
        Found {formatAgo(foundMs, Date.now())}. Paused until somebody takes it as it is:{' '}
        {named.map((name, at) => (
          <span key={name}>
            {at > 0 ? ', ' : ''}
            <Link to={`/agents/registry/${name}` as '/'}>{name}</Link>
          </span>
        ))}
        .
      </p>
      {diff === null ? (
        <p>What it was is not known. Read what it says of itself now before you take it.</p>
      ) : (
        <DiffLines lines={diff} />
      )}
      {accept.isError ? (
        <>
          <ErrorState error={accept.error} />
          <TextInput
            label="Why it goes live although its cases have not passed"
            value={despite}
            onChange={(event) => setDespite(event.currentTarget.value)}
          />
        </>
      ) : null}
      <div className="hl-row">
        <Button size="compact-sm" loading={accept.isPending} onClick={() => accept.mutate()}>
          {named.length === 1 ? 'Take it as it is now' : `Take it as it is now, in ${named.length} agents`}
        </Button>
        <Link to={'/agents/evals' as '/'}>Try it on cases first</Link>
      </div>
    </Notice>
  )
}
