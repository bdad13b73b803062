import { Button, NativeSelect, SegmentedControl, Textarea } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import {
  ActionButton,
  ConfirmDialog,
  Empty,
  ErrorState,
  EvidenceDrawer,
  EvidencePart,
  Json,
  Notice,
  Page,
  Panel,
  Skeleton,
  Stat,
  Stats,
  format,
  useUrlState,
} from '@heavylift/ui'
import type { TriedMapping } from '../../src/routes/mappings.ts'
import { api } from '../api.ts'
import { sportWords } from '../words.ts'
import { FieldForm } from './field-form.tsx'
import { fieldsOf, withColumn, withValue } from './mapping-draft.ts'
import type { Draft } from './mapping-draft.ts'
import { PushAddress } from './push-address.tsx'
import { RowsBesideEvents } from './rows-beside-events.tsx'
import { SampleInput } from './sample-input.tsx'
import type { Sample } from './sample-file.ts'
import styles from './mappings.module.css'

/** A draft is tried when it has rested for so long. */
const restMs = 350

const written = (draft: Draft): string => JSON.stringify(draft, null, 2)

/** Makes a mapping of a foreign feed: its first rows beside the events that they become. */
export default function Mappings() {
  const [url, setUrl] = useUrlState({ name: '', view: 'fields' })
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [sample, setSample] = useState<Sample | null>(null)
  const [text, setText] = useState('')
  const [opened, setOpened] = useState<TriedMapping['rows'][number] | null>(null)
  const [isRemoving, setIsRemoving] = useState(false)
  const draft = useMemo(() => draftOf(text), [text])
  const kept = useQuery({
    queryKey: ['live', 'mappings'],
    queryFn: ({ signal }) => api.get('/mappings', { signal }),
  })
  const listing = kept.data?.mappings.find(({ name }) => name === url.name)

  const chosen = useQuery({
    queryKey: ['live', 'mapping', url.name],
    queryFn: ({ signal }) => api.get('/mappings/:name', { params: { name: url.name }, signal }),
    enabled: url.name !== '',
  })
  const body = chosen.data?.mapping
  useEffect(() => {
    if (body !== undefined) setText(written(body))
  }, [body])

  const proposal = useMutation({
    mutationFn: ({ name, text: rows }: Sample) =>
      api.post('/mapping-proposals', { body: { name, text: rows } }),
    onSuccess: ({ mapping }) => setText(written(mapping)),
  })
  const rested = useRested(text, restMs)
  const tried = useQuery({
    queryKey: ['live', 'mapping-try', sample?.name, sample?.text.length, rested],
    enabled: sample !== null && draft !== null && rested !== '',
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api.post('/mapping-tries', {
        body: { name: sample?.name ?? '', text: sample?.text ?? '', mapping: draftOf(rested) ?? {} },
        signal,
      }),
  })
  const name = typeof draft?.['name'] === 'string' ? draft['name'] : ''
  const save = useMutation({
    mutationFn: (mapping: Draft) => api.post('/mappings', { body: { ...mapping, name } }),
    async onSuccess(saved) {
      await queries.invalidateQueries({ queryKey: ['live', 'mappings'] })
      await queries.invalidateQueries({ queryKey: ['live', 'mapping', saved.name] })
      setUrl({ name: saved.name })
    },
  })
  const play = useMutation({
    mutationFn: (file: File) =>
      api.post('/feed', { query: { mapping: name, as: 'file', name: file.name }, body: file }),
  })
  const remove = useMutation({
    mutationFn: () => api.delete('/mappings/:name', { params: { name: url.name } }),
    async onSuccess() {
      setIsRemoving(false)
      setUrl({ name: '' })
      setText('')
      await queries.invalidateQueries({ queryKey: ['live', 'mappings'] })
    },
  })

  const take = (next: Sample) => {
    setSample(next)
    play.reset()
    if (draft === null) proposal.mutate(next)
  }
  const fields = draft === null ? [] : fieldsOf(draft)
  const used = new Set(fields.flatMap(({ column }) => (column === null ? [] : [column])))
  const isShipped = listing?.isShipped === true
  const isKept = listing !== undefined && body !== undefined && text === written(body)
  const isSound = tried.data?.faults.length === 0
  return (
    <Page
      title="Mappings"
      lead="Any feed becomes events by a mapping: which column is what. Give first rows, correct the proposal, and see each row beside what it becomes."
    >
      <div className="hl-stack">
        <div className="hl-row">
          <NativeSelect
            aria-label="Mapping"
            className={styles['choice']}
            value={url.name}
            data={[
              { value: '', label: 'New mapping' },
              ...(kept.data?.mappings ?? []).map((each) => ({
                value: each.name,
                label: `${each.title} (${sportWords[each.sport]}${each.isShipped ? ', comes with Heavylift' : ''})`,
              })),
            ]}
            onChange={({ currentTarget: { value } }) => {
              setUrl({ name: value })
              if (value === '') setText('')
            }}
          />
          <ActionButton
            label={isShipped ? 'Save as your own' : 'Save'}
            shortcut="s"
            loading={save.isPending}
            disabled={draft === null || name === '' || isKept}
            onAct={() => {
              if (draft === null) return
              if (isShipped && name === url.name) {
                setText(written(withValue(draft, ['name'], `my-${name}`)))
                setUrl({ name: '' })
              } else save.mutate(draft)
            }}
          />
          <ActionButton
            label="Play the file"
            shortcut="p"
            variant="default"
            loading={play.isPending}
            disabled={sample?.file == null || !isKept || !isSound}
            onAct={() => {
              if (sample?.file != null) play.mutate(sample.file)
            }}
          />
          <ActionButton
            label="Propose anew"
            shortcut="r"
            variant="default"
            loading={proposal.isPending}
            disabled={sample === null}
            onAct={() => {
              if (sample !== null) proposal.mutate(sample)
            }}
          />
          {listing === undefined || isShipped ? null : (
            <Button variant="subtle" color="red" size="compact-md" onClick={() => setIsRemoving(true)}>
              Remove
            </Button>
          )}
        </div>
        {[save, play, proposal, remove].map(({ error }, index) =>
          error === null ? null : <ErrorState key={index} error={error} />,
        )}
        {play.data === undefined ? null : (
          <Notice
            tone={play.data.rejected === 0 ? 'good' : 'warn'}
            title={`${format.formatCount(play.data.accepted)} events were taken${play.data.duplicates > 0 ? `, ${format.formatCount(play.data.duplicates)} were there already` : ''}${play.data.rejected > 0 ? `, ${format.formatCount(play.data.rejected)} parts could not be read` : ''}`}
          >
            {play.data.matches.slice(0, 5).map((match) => (
              <Button
                key={match}
                size="compact-sm"
                variant="subtle"
                onClick={() => void navigate({ to: '/live' as '/', search: { match } as never })}
              >
                Watch {match}
              </Button>
            ))}
          </Notice>
        )}
        <SampleInput sample={sample} onSample={take} />
        {draft === null && text === '' ? (
          sample === null ? null : (
            <Skeleton lines={8} what="Looking at the columns" />
          )
        ) : (
          <div className={styles['desk']}>
            <Panel
              title={name === '' ? 'Mapping' : name}
              note={draft === null ? 'not JSON yet' : sportWords[draft['sport'] as keyof typeof sportWords]}
              flush
            >
              <div className={styles['view']}>
                <SegmentedControl
                  size="xs"
                  aria-label="How the mapping is shown"
                  value={url.view === 'text' ? 'text' : 'fields'}
                  data={[
                    { value: 'fields', label: 'Fields' },
                    { value: 'text', label: 'As text' },
                  ]}
                  onChange={(view) => setUrl({ view })}
                />
                <Button
                  component="a"
                  size="compact-sm"
                  variant="default"
                  href={`data:application/json,${encodeURIComponent(text)}`}
                  download={`${name === '' ? 'mapping' : name}.json`}
                >
                  Download
                </Button>
              </div>
              {url.view === 'text' ? (
                <div className={styles['text']}>
                  <Textarea
                    aria-label="The mapping as text"
                    rows={28}
                    spellCheck={false}
                    value={text}
                    error={draft === null ? 'This is no JSON yet.' : undefined}
                    onChange={(event) => setText(event.currentTarget.value)}
                  />
                </div>
              ) : draft === null ? (
                <Empty title="The text is no JSON">Correct it under As text.</Empty>
              ) : (
                <FieldForm
                  fields={fields}
                  columns={tried.data?.columns ?? []}
                  faults={tried.data?.faults ?? []}
                  onChange={(field, column, as) => setText(written(withColumn(draft, field, column, as)))}
                />
              )}
            </Panel>
            <div className="hl-stack">
              {(tried.data?.faults.length ?? 0) === 0 ? null : (
                <Notice tone="bad" title="The mapping is not right yet">
                  <ul className="hl-list">
                    {tried.data?.faults.slice(0, 8).map(({ field, message }) => (
                      <li key={`${field} ${message}`}>
                        <span className="hl-code">{field || 'the mapping'}</span>: {message}
                      </li>
                    ))}
                  </ul>
                </Notice>
              )}
              <Tried
                tried={tried.data}
                isSample={sample !== null}
                error={tried.error}
                used={used}
                onOpen={setOpened}
              />
            </div>
          </div>
        )}
        <PushAddress name={name === '' ? 'NAME' : name} isKept={isKept} />
      </div>
      <EvidenceDrawer
        isOpen={opened !== null}
        title={`Row ${opened?.ref.replace('row ', '') ?? ''}`}
        onClose={() => setOpened(null)}
      >
        {opened?.events.map((event, index) => (
          <EvidencePart key={index} title={event.kind}>
            <Json label={`The event ${event.kind}`} value={event} />
          </EvidencePart>
        ))}
      </EvidenceDrawer>
      <ConfirmDialog
        isOpen={isRemoving}
        title={`Remove the mapping ${url.name}?`}
        confirm="Remove the mapping"
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onCancel={() => setIsRemoving(false)}
      >
        Feeds that are pushed by it are refused from then on. What was read by it stays.
      </ConfirmDialog>
    </Page>
  )
}

function Tried({
  tried,
  isSample,
  error,
  used,
  onOpen,
}: {
  tried: TriedMapping | undefined
  isSample: boolean
  error: Error | null
  used: ReadonlySet<string>
  onOpen: (row: TriedMapping['rows'][number]) => void
}) {
  if (error !== null) return <ErrorState error={error} />
  if (tried === undefined)
    return isSample ? (
      <Skeleton lines={10} shape="table" what="Trying the mapping" />
    ) : (
      <Panel title="First rows">
        <Empty title="No rows yet">Give a file or paste a few rows above to see what they become.</Empty>
      </Panel>
    )
  const { counts, matches, notes } = tried
  return (
    <>
      <Stats>
        <Stat label="Rows tried" value={format.formatCount(counts.rows)} />
        <Stat label="Events" value={format.formatCount(counts.events)} />
        <Stat label="Not as mapped" value={format.formatCount(counts.rejected)} />
        <Stat label="Passed over" value={format.formatCount(counts.passedOver)} />
      </Stats>
      {notes.length === 0 ? null : (
        <Notice tone="warn" title="Besides the rows">
          {notes.slice(0, 4).join(' ')}
        </Notice>
      )}
      <Panel
        title="First rows beside what they become"
        note={
          matches[0] === undefined
            ? 'no match yet'
            : `${matches[0].title}${matches.length > 1 ? ` and ${format.formatCount(matches.length - 1)} more` : ''}`
        }
        flush
      >
        {tried.rows.length === 0 ? (
          <Empty title="No rows were found">
            {tried.lists.length === 0
              ? 'The sample holds no rows.'
              : `Say in "rows" where they are. Lists in the document: ${tried.lists.join(', ')}.`}
          </Empty>
        ) : (
          <RowsBesideEvents tried={tried} used={used} onOpen={onOpen} />
        )}
      </Panel>
    </>
  )
}

function draftOf(text: string): Draft | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Draft) : null
  } catch {
    return null
  }
}

/** A value once it has not changed for a while. */
function useRested(value: string, ms: number): string {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return rested
}
