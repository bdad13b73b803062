import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Chip, ErrorState, Loaded, Page, Panel, sendJson, Stat, Stats } from '@heavylift/ui'
import { BlockerList } from './blocker-list.tsx'
import { ClassTable } from './class-table.tsx'
import { ComparisonPanel } from './comparison-panel.tsx'
import { CoverageGrid } from './coverage-grid.tsx'
import { ParameterMaps } from './parameter-maps.tsx'
import { useReport } from './use-clearances.ts'
import '../drive-console.css'

const percent = (share: number | null) =>
  share === null || !Number.isFinite(share) ? '–' : (100 * share).toFixed(2)

/** One clearance: the verdict and why, classes, maps of failures, blockers, what changed. */
export default function Clearance() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const report = useReport(id)
  const client = useQueryClient()
  const navigate = useNavigate()
  const remove = useMutation({
    mutationFn: () => sendJson('DELETE', `/api/drive/clearances/${encodeURIComponent(id)}`),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['drive', 'clearances'] })
      await navigate({ to: '/drive' as '/' })
    },
  })
  return (
    <Page
      title={report.data ? `${report.data.version.name} on ${report.data.suite.name}` : 'Clearance'}
      lead={report.data?.version.summary}
      actions={
        <>
          <Button
            size="compact-sm"
            variant="default"
            loading={remove.isPending}
            onClick={() => remove.mutate()}
          >
            Remove
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            component="a"
            href={`/api/drive/clearances/${encodeURIComponent(id)}/report.html`}
            download
          >
            Report to keep
          </Button>
        </>
      }
    >
      {remove.isError ? <ErrorState error={remove.error} /> : null}
      <Loaded of={report} what="Loading the report">
        {(data) => (
          <>
            <section className="drive-verdict" data-verdict={data.verdict}>
              <b>
                {data.verdict === 'cleared' ? '✓' : '✕'} {data.verdict}
              </b>
              <ul>
                {data.reasons.slice(0, 4).map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </section>
            <Stats>
              <Stat
                label="Runs"
                value={data.n.toLocaleString('en')}
                detail={`${data.drivenH.toFixed(1)} h driven`}
              />
              <Stat
                label="Failed"
                value={data.failures.toLocaleString('en')}
                detail={`${data.errors} could not be run`}
              />
              <Stat
                label="Blockers"
                value={String(data.blockerCount)}
                detail={data.reference ? `avoided by ${data.reference.name}` : 'no reference driver'}
                {...(data.blockerCount > 0 ? { tone: 'bad' as const } : {})}
              />
              <Stat
                label="Fails at most"
                value={percent(data.overall.upper)}
                unit="%"
                detail={`of encounters, by exposure, at ${100 * data.limits.confidence} % confidence`}
              />
              <Stat
                label="RSS distances not kept"
                value={data.rssViolationSPerHour.toFixed(0)}
                unit="s an hour"
              />
            </Stats>
            <Panel title="Classes of scenarios" note="bar: failures seen, line: at most, mark: limit" flush>
              <ClassTable classes={data.classes} />
            </Panel>
            <ParameterMaps maps={data.maps} />
            <BlockerList report={data} clearanceId={id} />
            {data.comparison ? (
              <ComparisonPanel comparison={data.comparison} clearanceId={id} version={data.version.name} />
            ) : null}
            <CoverageGrid cells={data.coverage} met={data.met} />
            <Panel title="Claims" note="each with what it stands on">
              <ul className="drive-claims">
                {data.claims.map(({ statement, evidence, holds }) => (
                  <li key={statement} data-holds={holds || undefined}>
                    <Chip tone={holds ? 'good' : 'bad'}>{holds ? '✓ shown' : '✕ not shown'}</Chip>
                    <span>
                      <b>{statement}</b> {evidence}
                    </span>
                  </li>
                ))}
              </ul>
            </Panel>
            <p className="drive-note hl-code">
              suite {data.suite.hash} · version {data.version.hash} · code {data.code} · seeds{' '}
              {data.seeds.least}–{data.seeds.most} · states {data.digest}
            </p>
          </>
        )}
      </Loaded>
    </Page>
  )
}
