import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Bar, DataTable, Icon, Loaded, Panel, format } from '@heavylift/ui'
import type { ImportView } from '../../src/catalog/import-record.ts'
import { api } from '../api.ts'

const shown = 100

/** One line of the reject file. */
interface Reject {
  line: number | null
  code: string
  /** What is wrong, and what to do. */
  reason: string
  /** The row as the file held it. */
  raw: unknown
}

async function firstRejects(importId: string, signal: AbortSignal): Promise<Reject[]> {
  const response = await api.raw('get', '/imports/:importId/rejects', { params: { importId }, signal })
  const text = await response.text()
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, shown)
    .map((line) => JSON.parse(line) as Reject)
}

/** Why rows were left out, by reason and row by row, with the file to mend and import again. */
export function Rejects({ report }: { report: ImportView }) {
  const rejects = useQuery({
    queryKey: ['shop', 'rejects', report.importId],
    queryFn: ({ signal }) => firstRejects(report.importId, signal),
  })
  return (
    <>
      <Panel title="Why rows were rejected" note="most frequent first" flush>
        <DataTable
          caption="Reasons"
          rows={report.reasons}
          keyOf={(reason) => reason.code}
          columns={[
            {
              key: 'code',
              title: 'Reason',
              width: '200px',
              render: (reason) => reason.code.replaceAll('-', ' '),
            },
            {
              key: 'message',
              title: 'For example',
              isWide: true,
              isSecondary: true,
              render: (reason) => (
                <span className="hl-dim" title={reason.message}>
                  {reason.message}
                </span>
              ),
            },
            {
              key: 'share',
              title: 'Share',
              width: '160px',
              render: (reason) => (
                <Bar
                  share={reason.count / report.rows.rejected}
                  label={`${reason.code}: ${reason.count}`}
                  tone="bad"
                />
              ),
            },
            {
              key: 'count',
              title: 'Rows',
              isNumber: true,
              width: '96px',
              render: (reason) => format.formatCount(reason.count),
            },
          ]}
        />
      </Panel>
      <Panel
        title="Rejected rows"
        note={`the first ${Math.min(shown, report.rows.rejected)} of ${format.formatCount(report.rows.rejected)}`}
        actions={
          <Button
            component="a"
            href={api.address('/imports/:importId/rejects', { params: { importId: report.importId } })}
            download="rejects.jsonl"
            size="compact-sm"
            variant="default"
            leftSection={<Icon name="download" />}
          >
            Download all
          </Button>
        }
        flush
      >
        <Loaded of={rejects} what="Loading rejected rows">
          {(rows) => (
            <DataTable
              caption="Rejected rows"
              rows={rows.map((row, index) => ({ ...row, index }))}
              keyOf={(row) => String(row.index)}
              columns={[
                {
                  key: 'line',
                  title: 'Line',
                  isNumber: true,
                  width: '80px',
                  render: (row) => format.formatCount(row.line),
                },
                {
                  key: 'code',
                  title: 'Reason',
                  width: '200px',
                  render: (row) => row.code.replaceAll('-', ' '),
                },
                {
                  key: 'raw',
                  title: 'The row',
                  isSecondary: true,
                  render: (row) => (
                    <span className="hl-code hl-dim">
                      {typeof row.raw === 'string' ? row.raw : JSON.stringify(row.raw)}
                    </span>
                  ),
                },
                {
                  key: 'reason',
                  title: 'What to do',
                  isWide: true,
                  render: (row) => (
                    <span className="hl-dim" title={row.reason}>
                      {row.reason}
                    </span>
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      </Panel>
    </>
  )
}
