import { Button, SegmentedControl } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import {
  ConfirmDialog,
  DataTable,
  Empty,
  ErrorState,
  Icon,
  Loaded,
  Page,
  Panel,
  StateMark,
  format,
} from '@heavylift/ui'
import { sleep } from '@heavylift/core/async'
import type { ImportView } from '../../src/catalog/import-record.ts'
import { api } from '../api.ts'
import { Feeds } from './feeds.tsx'
import { Preview, mappingText, noMapping } from './preview.tsx'
import '../shop-console.css'

export const importStates: Record<
  ImportView['state'],
  { mark: 'good' | 'warn' | 'bad' | 'busy' | 'idle'; word: string }
> = {
  queued: { mark: 'busy', word: 'Waiting' },
  running: { mark: 'busy', word: 'Running' },
  done: { mark: 'good', word: 'Done' },
  failed: { mark: 'bad', word: 'Failed' },
  cancelled: { mark: 'idle', word: 'Cancelled' },
}

/** Drop a feed; every import that ran, with what came of it. */
export default function Imports() {
  const navigate = useNavigate()
  const [isOver, setIsOver] = useState(false)
  const [mode, setMode] = useState<'update' | 'replace'>('update')
  const imports = useQuery({
    queryKey: ['shop', 'imports'],
    queryFn: ({ signal }) => api.get('/imports', { signal }),
    refetchInterval: 5_000,
  })
  const open = (importId: string) =>
    void navigate({ to: `/shop/import/${encodeURIComponent(importId)}` as never })
  const store = useQuery({
    queryKey: ['shop', 'store'],
    queryFn: ({ signal }) => api.get('/store', { signal }),
  })
  const [file, setFile] = useState<File | null>(null)
  const [mapping, setMapping] = useState(noMapping)
  const [isInstead, setIsInstead] = useState(true)
  const [isAsking, setIsAsking] = useState(false)
  const upload = useMutation({
    mutationFn: (chosen: File) => api.post('/imports', { query: query(chosen), body: chosen }),
    onSuccess: ({ importId }) => open(importId),
  })
  const undo = useMutation({
    mutationFn: () => api.post('/imports/undo'),
    onSuccess: ({ importId }) => open(importId),
  })
  const removeSample = useMutation({
    mutationFn: () => api.delete('/sample'),
    onSuccess: ({ importId }) => open(importId),
  })
  // Everything is shown first; the file is read and compared, and nothing goes live.
  const preview = useMutation({
    mutationFn: async (chosen: File) => {
      const { importId } = await api.post('/imports', {
        query: { ...query(chosen), preview: 'true' },
        body: chosen,
      })
      return endOf(importId)
    },
  })
  const compared = preview.data ?? null
  const columns = compared?.columns ?? []
  function query(chosen: File) {
    const map = mappingText(mapping, columns)
    return {
      name: chosen.name,
      mode,
      ...(map === '' ? {} : { map }),
      ...(/^[A-Z]{3}$/.test(mapping.currency) ? { currency: mapping.currency } : {}),
      ...(store.data?.isSample === true && isInstead ? { sample: 'replace' as const } : {}),
    }
  }
  const take = (files: FileList | null) => {
    const chosen = files?.[0]
    if (!chosen) return
    setFile(chosen)
    setMapping(noMapping)
    preview.mutate(chosen)
  }
  const leave = () => {
    setFile(null)
    preview.reset()
  }
  const undoable = imports.data?.undoable ?? null

  return (
    <Page
      title="Import"
      lead="Your own products instead of the sample. A wrong row is reported with its line and reason; the rest goes in, all at once or not at all."
      actions={
        <>
          {undoable ? (
            <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate()}>
              Undo {undoable.name}
            </Button>
          ) : null}
          <Button variant="default" loading={removeSample.isPending} onClick={() => removeSample.mutate()}>
            Remove the sample catalog
          </Button>
        </>
      }
    >
      {undo.isError ? <ErrorState error={undo.error} /> : null}
      {removeSample.isError ? <ErrorState error={removeSample.error} /> : null}
      <label
        className="shop-drop"
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setIsOver(false)
          take(event.dataTransfer.files)
        }}
      >
        <Icon name="upload" />
        <strong>
          {upload.isPending
            ? 'Sending the file…'
            : preview.isPending
              ? 'Reading the file…'
              : 'Drop a product feed here, or choose a file'}
        </strong>
        <span className="hl-dim">
          What your shop exports: CSV, JSON, Shopify, WooCommerce, Magento, Google Merchant XML. Products,
          reviews, questions. You see how it will look before anything goes live.
        </span>
        <input
          type="file"
          className="hl-hidden"
          accept=".csv,.tsv,.json,.jsonl,.ndjson,.xml,.gz,text/csv,application/xml"
          onChange={(event) => {
            take(event.currentTarget.files)
            // The same file may be chosen again.
            event.currentTarget.value = ''
          }}
        />
      </label>
      <div className="hl-row">
        <span className="hl-dim" id="import-mode">
          Products that the file does not name
        </span>
        <SegmentedControl
          size="xs"
          aria-labelledby="import-mode"
          value={mode}
          onChange={(value) => setMode(value === 'replace' ? 'replace' : 'update')}
          data={[
            { value: 'update', label: 'stay' },
            { value: 'replace', label: 'are removed' },
          ]}
        />
      </div>
      {upload.isError ? <ErrorState error={upload.error} /> : null}
      {preview.isError ? <ErrorState error={preview.error} /> : null}
      {file && compared ? (
        <Preview
          view={compared}
          mapping={mapping}
          onMapping={setMapping}
          isBusy={upload.isPending || preview.isPending}
          onReadAgain={() => preview.mutate(file)}
          onImport={() =>
            compared.products.removed > 0 && mode === 'replace' ? setIsAsking(true) : upload.mutate(file)
          }
          onCancel={leave}
          replacesSample={store.data?.isSample === true ? isInstead : null}
          onReplacesSample={setIsInstead}
        />
      ) : null}
      <ConfirmDialog
        isOpen={isAsking}
        title="Remove what the file does not name?"
        going={[{ count: compared?.products.removed ?? 0, what: 'products' }]}
        confirm="Remove and import"
        cancel="Keep them"
        onConfirm={() => {
          setIsAsking(false)
          if (file) upload.mutate(file)
        }}
        onCancel={() => setIsAsking(false)}
      >
        {compared ? <Removal compared={compared} /> : null}
      </ConfirmDialog>
      <Feeds />
      <Panel title="Imports" note="newest first" flush>
        <Loaded of={imports} what="Loading imports">
          {(answer) =>
            answer.imports.length === 0 ? (
              <Empty title="Nothing was imported yet">Drop a file above; try a small one first.</Empty>
            ) : (
              <DataTable
                caption="Imports"
                rows={answer.imports}
                keyOf={(record) => record.importId}
                onOpen={(record) => open(record.importId)}
                columns={[
                  { key: 'name', title: 'File', isWide: true, render: (record) => record.name },
                  {
                    key: 'state',
                    title: 'State',
                    width: '112px',
                    render: (record) => (
                      <StateMark state={importStates[record.state].mark}>
                        {importStates[record.state].word}
                      </StateMark>
                    ),
                  },
                  {
                    key: 'rows',
                    title: 'Rows',
                    isNumber: true,
                    width: '96px',
                    render: (record) => format.formatCount(record.state === 'done' ? record.rows.read : null),
                  },
                  {
                    key: 'rejected',
                    title: 'Rejected',
                    isNumber: true,
                    width: '96px',
                    render: (record) =>
                      format.formatCount(record.state === 'done' ? record.rows.rejected : null),
                  },
                  {
                    key: 'bytes',
                    title: 'Size',
                    isNumber: true,
                    isSecondary: true,
                    width: '96px',
                    render: (record) => (record.bytes === null ? '–' : format.formatBytes(record.bytes)),
                  },
                  {
                    key: 'took',
                    title: 'Took',
                    isNumber: true,
                    isSecondary: true,
                    width: '96px',
                    render: (record) =>
                      record.finishedAtMs === null
                        ? '–'
                        : format.formatDuration(record.finishedAtMs - record.startedAtMs),
                  },
                  {
                    key: 'at',
                    title: 'Started',
                    isSecondary: true,
                    width: '176px',
                    render: (record) => (
                      <span className="hl-number">{format.formatTime(record.startedAtMs)}</span>
                    ),
                  },
                ]}
              />
            )
          }
        </Loaded>
      </Panel>
    </Page>
  )
}

/** An import once it has ended. */
async function endOf(importId: string): Promise<ImportView> {
  for (;;) {
    const view = await api.get('/imports/:importId', { params: { importId } })
    if (view.finishedAtMs !== null) return view
    await sleep(400)
  }
}

function Removal({ compared }: { compared: ImportView }) {
  const { products, removedExamples = [] } = compared
  const more = products.removed - removedExamples.length
  return (
    <>
      <p>
        The file names {format.formatCount(products.added + products.updated + products.unchanged)} products.{' '}
        {format.formatCount(products.removed)} others are in the catalog now and would go:
      </p>
      <ul className="hl-list">
        {removedExamples.map((title) => (
          <li key={title}>{title}</li>
        ))}
        {more > 0 ? <li>and {format.formatCount(more)} more</li> : null}
      </ul>
    </>
  )
}
