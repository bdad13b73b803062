import { plural } from '@heavylift/core/text'
import { Button, Modal, TextInput } from '@mantine/core'
import { DataTable, ErrorState, Notice, StateMark } from '@heavylift/ui'
import type { StateName } from '@heavylift/ui'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api.ts'

const states: Record<string, { mark: StateName; word: string }> = {
  mapped: { mark: 'good', word: 'Does the same' },
  approximated: { mark: 'warn', word: 'Nearly' },
  'by-hand': { mark: 'bad', word: 'By hand' },
}

/** A file of another platform as a draft, with what became of each of its parts. */
export function ImportFile({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState<File | null>(null)
  const [name, setName] = useState('')
  const bring = useMutation({
    mutationFn: async () =>
      api.post('/imports', { body: { name, fileName: file?.name ?? '', text: (await file?.text()) ?? '' } }),
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title="Import an agent or tools"
      size={720}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="hl-stack">
        <p>
          A workflow of n8n, Dify or Flowise, a document of OpenAPI or Arazzo, an MCP server.json, an A2A
          card, a SKILL.md. Nothing of it is run, and nothing is connected to.
        </p>
        <form
          className="hl-stack"
          onSubmit={(event) => {
            event.preventDefault()
            bring.mutate()
          }}
        >
          <label>
            <b>File</b>{' '}
            <input
              type="file"
              accept=".json,.yaml,.yml,.md,.markdown"
              onChange={(event) => {
                const chosen = event.currentTarget.files?.[0] ?? null
                setFile(chosen)
                if (chosen && name === '') setName(nameOf(chosen.name))
              }}
            />
          </label>
          <TextInput
            label="Name of the draft"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {bring.isError ? <ErrorState error={bring.error} /> : null}
          <div className="hl-row">
            <Button type="submit" disabled={file === null || name === ''} loading={bring.isPending}>
              Import
            </Button>
          </div>
        </form>
        {bring.data ? <Report report={bring.data} /> : null}
      </div>
    </Modal>
  )
}

const sendImport = () => api.post('/imports', { body: { name: '', fileName: '', text: '' } })

function Report({ report }: { report: Awaited<ReturnType<typeof sendImport>> }) {
  const { name, format, counts, parts, sources } = report
  return (
    <>
      <Notice
        tone={counts.byHand > 0 ? 'warn' : 'good'}
        title={`${format}: ${plural(counts.mapped, 'part does', 'parts do')} the same, ${counts.approximated} nearly, ${plural(counts.byHand, 'is', 'are')} left to do by hand`}
        actions={
          name === null ? null : (
            <Button component={Link} to={`/agents/studio/${name}` as '/'} size="compact-sm">
              Open in the studio
            </Button>
          )
        }
      >
        {sources.length > 0 ? (
          <p>
            It needs these sources of tools, to be registered before it runs:{' '}
            {sources.map((source) => `${source.title} (${plural(source.tools, 'tool')})`).join(', ')}.
          </p>
        ) : null}
      </Notice>
      <DataTable
        caption="What became of each part"
        rows={parts}
        keyOf={({ place, what }) => `${place} ${what}`}
        columns={[
          {
            key: 'state',
            title: 'State',
            width: '132px',
            render: ({ state }) => (
              <StateMark state={states[state]?.mark ?? 'idle'}>{states[state]?.word ?? state}</StateMark>
            ),
          },
          {
            key: 'place',
            title: 'Part',
            isWide: true,
            render: ({ place, what }) => <span title={what}>{place}</span>,
          },
          {
            key: 'note',
            title: 'What to know',
            isSecondary: true,
            render: ({ note }) => <span title={note}>{note}</span>,
          },
        ]}
      />
    </>
  )
}

/** `My flow (2).json` → `my-flow-2` */
function nameOf(fileName: string): string {
  return fileName
    .replace(/\.\w+$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 60)
}
