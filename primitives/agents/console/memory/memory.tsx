import { Button } from '@mantine/core'
import {
  Chip,
  ConfirmDialog,
  DataTable,
  Empty,
  FilterBar,
  FilterText,
  Loaded,
  Page,
  Panel,
  formatAgo,
  formatDay,
  useUrlState,
} from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api.ts'

/** What a person is asked about before it goes: one memory, or all of a subject. */
interface Asked {
  memoryId: string | null
  name: string
}

/** What agents keep of those whom they serve: to look at, and to erase. */
export default function Memory() {
  const [state, set] = useUrlState({ subject: '', text: '' })
  const [asked, setAsked] = useState<Asked | null>(null)
  const client = useQueryClient()
  const memory = useQuery({
    queryKey: ['agents', 'memory', state.subject, state.text],
    queryFn: ({ signal }) =>
      api.get('/memory', {
        query: {
          limit: 200,
          ...(state.subject === '' ? {} : { subject: state.subject }),
          ...(state.text === '' ? {} : { text: state.text }),
        },
        signal,
      }),
  })
  const erase = useMutation({
    mutationFn: (what: Asked) =>
      api.post('/memory/erase', {
        body: what.memoryId === null ? { subject: what.name } : { memoryId: what.memoryId },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['agents', 'memory'] })
      setAsked(null)
    },
  })
  return (
    <Page
      title="Memory"
      lead="What agents keep of subjects for later runs. A run reaches only subjects that its input names; what text from outside wrote stays untrusted and decides nothing."
    >
      <FilterBar
        isFiltered={state.subject !== '' || state.text !== ''}
        onClear={() => set({ subject: '', text: '' })}
      >
        <FilterText
          label="Subject"
          placeholder="A customer, a ticket"
          value={state.subject}
          onChange={(subject) => set({ subject })}
        />
        <FilterText
          label="Words"
          placeholder="In what is kept"
          value={state.text}
          onChange={(text) => set({ text })}
        />
      </FilterBar>
      <Panel
        title="Memories"
        note="the newest first"
        actions={
          state.subject === '' ? null : (
            <Button
              size="compact-sm"
              variant="default"
              color="red"
              onClick={() => setAsked({ memoryId: null, name: state.subject })}
            >
              Erase all of {state.subject}
            </Button>
          )
        }
        flush
      >
        <Loaded of={memory} what="Reading what is kept" lines={6}>
          {({ memories }) =>
            memories.length === 0 ? (
              <Empty title="Nothing is kept">
                Agents keep facts by the tool “remember” of the source “memory”, and conversations by
                “append_message”.
              </Empty>
            ) : (
              <DataTable
                caption="Memories"
                columns={[
                  {
                    key: 'subject',
                    title: 'Subject',
                    sortBy: ({ subject }) => subject,
                    render: ({ subject }) => subject,
                  },
                  { key: 'text', title: 'What', isWide: true, render: ({ text }) => text },
                  {
                    key: 'trust',
                    title: 'Written',
                    render: ({ trust }) =>
                      trust === 'user' ? 'by a user' : <Chip tone="warn">by outside</Chip>,
                  },
                  {
                    key: 'agent',
                    title: 'Agent',
                    isSecondary: true,
                    sortBy: ({ agent }) => agent,
                    render: ({ agent, runId }) =>
                      runId === null ? agent : <Link to={`/agents/runs/${runId}` as '/'}>{agent}</Link>,
                  },
                  {
                    key: 'made',
                    title: 'Kept',
                    isSecondary: true,
                    sortBy: ({ madeMs }) => madeMs,
                    render: ({ madeMs }) => formatAgo(madeMs, Date.now()),
                  },
                  {
                    key: 'expires',
                    title: 'Until',
                    isSecondary: true,
                    render: ({ expiresMs }) => (expiresMs === null ? 'erased' : formatDay(expiresMs)),
                  },
                  {
                    key: 'erase',
                    title: 'Erase',
                    render: ({ memoryId, text }) => (
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        aria-label={`Erase “${text.slice(0, 40)}”`}
                        onClick={() => setAsked({ memoryId, name: text.slice(0, 80) })}
                      >
                        Erase
                      </Button>
                    ),
                  },
                ]}
                rows={memories}
                keyOf={({ memoryId }) => memoryId}
              />
            )
          }
        </Loaded>
      </Panel>
      <ConfirmDialog
        isOpen={asked !== null}
        title={
          asked?.memoryId === null
            ? `Erase everything about “${asked.name}”?`
            : `Erase “${asked?.name ?? ''}”?`
        }
        confirm="Erase"
        isBusy={erase.isPending}
        error={erase.error}
        onConfirm={() => {
          if (asked) erase.mutate(asked)
        }}
        onCancel={() => {
          erase.reset()
          setAsked(null)
        }}
      >
        <p>
          {asked?.memoryId === null ? 'Of every agent, for' : 'For'} good. Runs keep what they were given
          until they are removed themselves.
        </p>
      </ConfirmDialog>
    </Page>
  )
}
