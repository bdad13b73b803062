import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  Copy,
  DataTable,
  Empty,
  ErrorState,
  Loaded,
  Page,
  Panel,
  Stat,
  StateMark,
  Stats,
  format,
  getJson,
  sendJson,
} from '@heavylift/console'
import type { EngineStatus } from '../shapes.ts'
import '../models-console.css'

const path = '/api/models/engine'
const key = ['models', 'engine']

const states: Record<
  EngineStatus['state'],
  { mark: 'good' | 'warn' | 'bad' | 'busy' | 'idle'; word: string }
> = {
  missing: { mark: 'idle', word: 'Not installed' },
  none: { mark: 'idle', word: 'No model chosen' },
  starting: { mark: 'busy', word: 'Starting' },
  running: { mark: 'good', word: 'Running' },
  restarting: { mark: 'warn', word: 'Restarting' },
  failed: { mark: 'bad', word: 'Failed' },
}

/** The engine that serves a pulled model on this machine: one more replica. */
export default function Engine() {
  const client = useQueryClient()
  const engine = useQuery({
    queryKey: key,
    refetchInterval: 2_000,
    queryFn: ({ signal }) => getJson<EngineStatus>(path, { signal }),
  })
  const accept = (status: EngineStatus) => client.setQueryData(key, status)
  const use = useMutation({
    mutationFn: (model: string) => sendJson<EngineStatus>('POST', path, { model }),
    onSuccess: accept,
  })
  const restart = useMutation({
    mutationFn: () => sendJson<EngineStatus>('POST', `${path}/restart`),
    onSuccess: accept,
  })
  return (
    <Page
      title="Engine"
      lead="Serves a pulled model on this machine, in a process of its own; to the gateway it is one more replica."
      actions={
        engine.data?.model ? (
          <Button
            variant="default"
            loading={restart.isPending}
            title="Calls that it has end as cut off"
            onClick={() => restart.mutate()}
          >
            Restart
          </Button>
        ) : null
      }
    >
      {restart.isError ? <ErrorState error={restart.error} /> : null}
      {use.isError ? <ErrorState error={use.error} /> : null}
      <Loaded of={engine} what="Asking the engine">
        {(status) => (
          <>
            <Stats>
              <Stat
                label="State"
                value={states[status.state].word}
                detail={
                  <StateMark state={states[status.state].mark}>
                    {status.startedAtMs === null
                      ? 'not serving'
                      : `since ${format.formatTime(status.startedAtMs)}`}
                  </StateMark>
                }
              />
              <Stat label="Model" value={status.model ?? '–'} detail="what it serves" />
              <Stat
                label="Restarts"
                value={format.formatCount(status.restarts)}
                detail="since the server began"
                {...(status.restarts > 0 ? { tone: 'warn' as const } : {})}
              />
            </Stats>
            {status.message ? (
              <div className="hl-stale" role="status">
                <StateMark state={states[status.state].mark}>{states[status.state].word}</StateMark>{' '}
                {status.message}
              </div>
            ) : null}
            <div className="hl-grid hl-grid-main">
              <Pulled
                status={status}
                choose={(model) => use.mutate(model)}
                choosing={use.isPending ? use.variables : null}
              />
              <HowToPull />
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Pulled({
  status,
  choose,
  choosing,
}: {
  status: EngineStatus
  choose: (model: string) => void
  choosing: string | null
}) {
  return (
    <Panel title="Pulled models" note="on this machine" flush>
      {status.pulled.length === 0 ? (
        <Empty
          title="None yet"
          action={<Copy text="npx heavylift models pull smollm2" label="Copy the command" />}
        >
          Pull a small one: about 100 MB, no graphics card needed.
        </Empty>
      ) : (
        <DataTable
          caption="Pulled models"
          rows={status.pulled}
          keyOf={({ name }) => name}
          columns={[
            {
              key: 'name',
              title: 'Model',
              isWide: true,
              render: ({ name }) => <span className="hl-code">{name}</span>,
            },
            { key: 'bytes', title: 'Size', isNumber: true, render: ({ bytes }) => format.formatBytes(bytes) },
            {
              key: 'use',
              title: <span className="hl-hidden">Actions</span>,
              width: '128px',
              render: ({ name }) =>
                name === status.model ? (
                  <StateMark state="good">Served</StateMark>
                ) : (
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`Serve ${name}`}
                    loading={choosing === name}
                    onClick={() => choose(name)}
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

function HowToPull() {
  return (
    <Panel title="Pull a model">
      <div className="hl-stack">
        <p className="hl-dim">On the server’s machine, with progress, checksum and resume:</p>
        <div className="models-commands">
          <span>A small one by name</span>
          <Copy text="npx heavylift models pull smollm2" label="Copy the command" />
          <span>A GGUF file that you have</span>
          <Copy text="npx heavylift models pull ./model.gguf" label="Copy the command" />
          <span>What is there</span>
          <Copy text="npx heavylift models list" label="Copy the command" />
        </div>
      </div>
    </Panel>
  )
}
