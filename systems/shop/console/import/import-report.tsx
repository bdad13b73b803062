import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import {
  Bar,
  DataTable,
  Empty,
  Loaded,
  Page,
  Panel,
  Stat,
  Stats,
  StateMark,
  format,
  useEvents,
  CopyButton,
} from '@heavylift/ui'
import type { ImportView } from '../../src/catalog/import-record.ts'
import { api } from '../api.ts'
import { importStates } from './imports.tsx'
import { Rejects } from './rejects.tsx'

const stages = ['reading', 'comparing', 'indexing', 'publishing']

/** One import: live while it runs, then what came of it, with every rejected row. */
export default function ImportPage() {
  const { importId } = useParams({ strict: false }) as { importId: string }
  const record = useQuery({
    queryKey: ['shop', 'import', importId],
    queryFn: ({ signal }) => api.get('/imports/:importId', { params: { importId }, signal }),
    // The stream says when it ends; this is for a stream that never came.
    refetchInterval: (current) => (isRunning(current.state.data) ? 3_000 : false),
  })
  return (
    <Page
      title={record.data?.name ?? 'Import'}
      lead={
        <>
          <Link to={'/shop/import' as never}>Imports</Link>
          {record.data ? (
            <>
              {' · '}
              <StateMark state={importStates[record.data.state].mark}>
                {importStates[record.data.state].word}
              </StateMark>
            </>
          ) : null}
        </>
      }
      actions={
        <Button
          component="a"
          href="/store/"
          target="_blank"
          rel="noreferrer"
          disabled={record.data?.state !== 'done'}
        >
          Ask the assistant about it
        </Button>
      }
    >
      <Loaded of={record} what="Loading the import">
        {(answer) => (
          <>
            {isRunning(answer) ? (
              <Running key={importId} importId={importId} first={answer.progress} />
            ) : null}
            {answer.error ? (
              <Panel title="Why it failed" note={answer.error.code}>
                <p>{answer.error.message}</p>
                <p className="hl-dim">The catalog is as it was before: nothing of this file went in.</p>
              </Panel>
            ) : null}
            {answer.state === 'done' ? <Report report={answer} /> : null}
            {answer.rows.rejected > 0 && answer.finishedAtMs !== null ? <Rejects report={answer} /> : null}
            {answer.state === 'done' ? <Times report={answer} /> : null}
            {answer.state === 'done' ? <Snippet /> : null}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function isRunning(record: ImportView | undefined): boolean {
  return record?.state === 'queued' || record?.state === 'running'
}

function Running({ importId, first }: { importId: string; first: ImportView['progress'] }) {
  const client = useQueryClient()
  const [progress, setProgress] = useState(first)
  useEvents(api.events('/imports/:importId/progress', { params: { importId } }), ({ data: record }) => {
    setProgress(record.progress)
    if (record.finishedAtMs !== null) client.setQueryData(['shop', 'import', importId], record)
  })
  const at = stages.indexOf(progress?.stage ?? '')
  const total = progress?.total ?? null
  return (
    <Panel title="Running" note={progress ? progress.stage : 'waiting for its turn'}>
      <ol className="shop-stages">
        {stages.map((stage, index) => (
          <li key={stage} data-state={index < at ? 'done' : index === at ? 'now' : 'later'}>
            {stage}
          </li>
        ))}
      </ol>
      {progress ? (
        <div className="hl-stack" role="status">
          <Bar
            share={total ? progress.done / total : 0}
            label={`${progress.done} of ${total ?? 'unknown'} ${progress.unit}`}
          />
          <span className="hl-number">
            {format.formatCount(progress.done)}
            {total ? ` of ${format.formatCount(total)}` : ''} {progress.unit}
            {progress.rejected > 0 ? `, ${format.formatCount(progress.rejected)} rejected so far` : ''}
          </span>
        </div>
      ) : null}
    </Panel>
  )
}

function Report({ report }: { report: ImportView }) {
  const seconds = Object.values(report.seconds).reduce((sum, each) => sum + each, 0)
  return (
    <>
      <Stats>
        <Stat
          label="Rows in the file"
          value={format.formatCount(report.rows.read)}
          detail={`took ${format.formatDuration(seconds * 1000)}`}
        />
        <Stat
          label="Accepted"
          value={format.formatCount(report.rows.accepted)}
          tone="good"
          detail={share(report.rows.accepted, report.rows.read)}
        />
        <Stat
          label="Rejected"
          value={format.formatCount(report.rows.rejected)}
          {...(report.rows.rejected > 0 ? { tone: 'warn' as const } : {})}
          detail={report.rows.rejected > 0 ? 'each with its line and reason below' : 'none'}
        />
        <Stat
          label="Products"
          value={format.formatCount(
            report.products.added + report.products.updated + report.products.unchanged,
          )}
          detail={`${format.formatCount(report.products.added)} new, ${format.formatCount(report.products.updated)} changed, ${format.formatCount(report.products.removed)} removed`}
        />
        <Stat
          label="Reviews and questions"
          value={format.formatCount(report.reviews + report.questions)}
          detail={`${format.formatCount(report.reviews)} reviews`}
        />
      </Stats>
      {report.notes.length > 0 ? (
        <Panel title="What to know">
          <ul className="hl-list">
            {report.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Panel>
      ) : null}
      {report.rows.read === 0 ? <Empty title="The file held no rows" /> : null}
    </>
  )
}

function Times({ report }: { report: ImportView }) {
  const seconds = Object.values(report.seconds).reduce((sum, each) => sum + each, 0)
  return (
    <Panel title="Where the time went" note="seconds" flush>
      <DataTable
        caption="Seconds by stage"
        rows={Object.entries(report.seconds)}
        keyOf={([stage]) => stage}
        columns={[
          { key: 'stage', title: 'Stage', width: '160px', render: ([stage]) => stage },
          {
            key: 'share',
            title: 'Share',
            render: ([stage, took]) => (
              <Bar share={seconds > 0 ? took / seconds : 0} label={`${stage}: ${took} s`} />
            ),
          },
          {
            key: 'seconds',
            title: 'Seconds',
            isNumber: true,
            width: '96px',
            render: ([, took]) => took.toFixed(2),
          },
        ]}
      />
    </Panel>
  )
}

function share(part: number, whole: number): string {
  return whole === 0 ? '' : `${format.formatPercent(part / whole)} of the rows`
}

/** What a store pastes to have the assistant on its own pages. */
function Snippet() {
  const code = `<script src="${location.origin}/api/shop/assistant.js" data-key="YOUR_PUBLISHABLE_KEY" async></script>\n<heavylift-assistant product-id="THE_PRODUCT_OF_THIS_PAGE" product-href="/products/{id}"></heavylift-assistant>`
  return (
    <Panel title="Put the assistant into your own pages" note="paste this before the end of the body">
      <pre className="shop-snippet">{code}</pre>
      <div className="hl-row">
        <CopyButton text={() => code}>Copy</CopyButton>
        <Link to={'/settings' as never}>Make a publishable key</Link>
      </div>
    </Panel>
  )
}
