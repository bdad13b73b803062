import { Button, NativeSelect, TextInput } from '@mantine/core'
import {
  Chip,
  ErrorState,
  Facts,
  Loaded,
  Notice,
  Page,
  Panel,
  formatAgo,
  formatCost,
  formatCount,
  formatDay,
  formatPercent,
} from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api.ts'
import { ToolChanges } from '../tools/tool-changes.tsx'
import { AgentStateMark } from './agent-state.tsx'
import { OutcomesPanel } from './outcomes.tsx'
import { RadiusPanel } from './radius.tsx'
import { StopButton, StopNotice } from './stop-dialog.tsx'

const readCard = (name: string) => api.get('/registry/agents/:name', { params: { name } })
type Card = Awaited<ReturnType<typeof readCard>>['agent']

/** One agent: who answers for it, where it stands in its life, what it costs, reaches, and how it is stopped. */
export default function AgentCard() {
  const { name } = useParams({ strict: false }) as { name: string }
  const card = useQuery({ queryKey: ['agents', 'card', name], queryFn: () => readCard(name) })
  const stops = useQuery({
    queryKey: ['agents', 'stops', name],
    queryFn: ({ signal }) => api.get('/stops', { query: { agent: name }, signal }),
  })
  const agent = card.data?.agent
  return (
    <Page
      title={agent?.title ?? name}
      lead={agent?.summary}
      actions={
        <>
          <Button component={Link} to={`/agents/studio/${name}` as '/'} size="compact-md" variant="default">
            Open in the studio
          </Button>
          <StopButton what="this agent" body={{ targets: [{ kind: 'agent', name }] }} />
        </>
      }
    >
      {stops.data?.stops.map((stop) => (
        <StopNotice key={stop.id} stop={stop} />
      ))}
      <Loaded of={card} what="Reading the card" lines={6}>
        {({ agent: read }) => (
          <>
            <Handover name={name} />
            <ToolChanges agent={name} />
            <Panel title="Card">
              <CardFacts agent={read} />
            </Panel>
          </>
        )}
      </Loaded>
      <OutcomesPanel name={name} />
      <RadiusPanel kind="agent" name={name} />
      <Versions name={name} />
      {agent ? <Life agent={agent} /> : null}
    </Page>
  )
}

function CardFacts({ agent }: { agent: Card }) {
  const { found } = agent
  return (
    <Facts
      facts={[
        ['State', <AgentStateMark key="state" state={agent.state} because={agent.because} />],
        agent.because !== null && ['Because', agent.because],
        agent.successor !== null && [
          'Call instead',
          <Link key="successor" to={`/agents/registry/${agent.successor}` as '/'}>
            {agent.successor}
          </Link>,
        ],
        ['Team', agent.team ?? 'none'],
        ['Owner', agent.owner ?? 'nobody'],
        ['Stand-in', agent.standIn ?? 'nobody'],
        ['Look at it by', agent.reviewOn ?? 'no day set'],
        agent.jobs.length > 0 && ['Does', agent.jobs.slice(0, 8).join(' · ')],
        agent.tags.length > 0 && [
          'Tags',
          <span key="tags" className="hl-row">
            {agent.tags.map((tag) => (
              <Chip key={tag}>{tag}</Chip>
            ))}
          </span>,
        ],
        found !== null && [
          'Before it was built',
          `${found.choice === 'new' ? 'Built anew' : `${found.choice === 'extend' ? 'Extends' : 'Reuses'} ${found.of ?? ''}`}${found.because === '' ? '' : `: ${found.because}`} Nearest were ${found.nearest.map((near) => `${near.name} (${formatPercent(near.likeness)})`).join(', ') || 'none'}.`,
        ],
      ]}
    />
  )
}

function Handover({ name }: { name: string }) {
  const client = useQueryClient()
  const duties = useQuery({
    queryKey: ['agents', 'duties'],
    queryFn: ({ signal }) => api.get('/registry/duties', { signal }),
  })
  const accept = useMutation({
    mutationFn: () => api.post('/registry/agents/:name/accept', { params: { name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['agents'] }),
  })
  const open = duties.data?.handovers.find(({ agent }) => agent === name)
  if (open === undefined) return null
  return (
    <Notice tone="warn" title={`${open.from} is gone; ${open.to} is asked to take it over`}>
      <p>Without an answer it is paused on {formatDay(open.dueMs)}.</p>
      {accept.isError ? <ErrorState error={accept.error} /> : null}
      <Button size="compact-sm" loading={accept.isPending} onClick={() => accept.mutate()}>
        Take it over as {open.to}
      </Button>
    </Notice>
  )
}

function Versions({ name }: { name: string }) {
  const known = useQuery({
    queryKey: ['agents', 'agent', name],
    queryFn: ({ signal }) => api.get('/agents/:name', { params: { name }, signal }),
  })
  const cost = useQuery({
    queryKey: ['agents', 'cost', 30, name],
    queryFn: ({ signal }) => api.get('/cost', { query: { days: 30, agent: name }, signal }),
  })
  return (
    <Panel title="Versions" note="runs and cost of 30 days">
      <Loaded of={known} what="Reading versions" lines={3}>
        {({ agent, versions }) => (
          <Facts
            facts={versions.slice(0, 8).map(({ version, note, publishedMs }) => {
              const spent = cost.data?.rows.find((row) => row.version === version)
              const role =
                version === agent.liveVersion ? 'live, ' : version === agent.canary?.version ? 'canary, ' : ''
              return [
                `Version ${version}`,
                `${role}${note || 'no note'}, ${formatAgo(publishedMs, Date.now())}; ${spent ? `${formatCount(spent.runs)} runs, ${formatCount(spent.failed)} failed, ${formatCost(spent.costMicros)}` : 'no run'}`,
              ]
            })}
          />
        )}
      </Loaded>
    </Panel>
  )
}

function Life({ agent }: { agent: Card }) {
  const now = agent.state === 'deprecated' || agent.state === 'retired' ? agent.state : 'active'
  const [life, setLife] = useState<'active' | 'deprecated' | 'retired'>(now)
  const [successor, setSuccessor] = useState(agent.successor ?? '')
  const [because, setBecause] = useState('')
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: () =>
      api.post('/registry/agents/:name/life', {
        params: { name: agent.name },
        body: {
          life,
          successor: successor === '' ? null : successor,
          because: because === '' ? null : because,
        },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['agents'] }),
  })
  return (
    <Panel title="Life">
      <form
        className="hl-stack"
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate()
        }}
      >
        <NativeSelect
          label="It is"
          value={life}
          onChange={(event) => setLife(event.currentTarget.value as typeof life)}
          data={[
            { value: 'active', label: 'in use' },
            { value: 'deprecated', label: 'deprecated: callers are told what to call instead' },
            { value: 'retired', label: 'retired: begins no run any more' },
          ]}
        />
        {life === 'active' ? null : (
          <>
            <TextInput
              label="Call instead"
              placeholder="name of an agent"
              value={successor}
              onChange={(event) => setSuccessor(event.currentTarget.value)}
            />
            <TextInput
              label="Why"
              value={because}
              onChange={(event) => setBecause(event.currentTarget.value)}
            />
          </>
        )}
        {change.isError ? <ErrorState error={change.error} /> : null}
        <div className="hl-row">
          <Button
            type="submit"
            size="compact-md"
            variant="default"
            loading={change.isPending}
            disabled={life === now}
          >
            Change
          </Button>
        </div>
      </form>
    </Panel>
  )
}
