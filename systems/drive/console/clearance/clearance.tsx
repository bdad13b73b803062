import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Chip, ConfirmDialog, cx, Loaded, Page, Panel, Stat, Stats } from '@heavylift/ui'
import { useState } from 'react'
import { api } from '../api.ts'
import type { StoredReport } from '../../src/clearance/report/report-schema.ts'
import { VerdictBand } from './verdict-band.tsx'
import { BlockerList } from './blocker-list.tsx'
import { ClassTable } from './class-table.tsx'
import { ComparisonPanel } from './comparison-panel.tsx'
import { CoverageGrid } from './coverage-grid.tsx'
import { ParameterMaps } from './parameter-maps.tsx'
import { useReport } from './use-clearances.ts'
import styles from './clearance.module.css'
import shared from '../shared.module.css'

const claimMarks = {
  holds: { tone: 'good', words: '✓ shown' },
  broken: { tone: 'bad', words: '✕ does not hold' },
  undecided: { tone: 'warn', words: '… not shown' },
} as const

const percent = (share: number | null) =>
  share === null || !Number.isFinite(share) ? '–' : (100 * share).toFixed(2)

/** One clearance: the verdict and why, classes, maps of failures, blockers, what changed. */
export default function Clearance() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const report = useReport(id)
  const client = useQueryClient()
  const navigate = useNavigate()
  const [isRemoving, setIsRemoving] = useState(false)
  const remove = useMutation({
    mutationFn: () => api.delete('/clearances/:id', { params: { id } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['drive', 'clearances'] })
      await navigate({ to: '/drive' as '/' })
    },
  })
  return (
    <Page
      title={
        report.data ? `Clearance: ${report.data.version.name} on ${report.data.suite.name}` : 'Clearance'
      }
      lead={report.data?.version.summary}
      actions={
        <>
          <Button size="compact-sm" variant="default" onClick={() => setIsRemoving(true)}>
            Remove
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            component="a"
            href={api.address('/clearances/:id/report.html', { params: { id } })}
            download
          >
            Report to keep
          </Button>
        </>
      }
    >
      <ConfirmDialog
        isOpen={isRemoving}
        title={`Remove the clearance of ${report.data?.version.name ?? id}?`}
        going={
          report.data
            ? [
                { count: report.data.n, what: `cases of ${report.data.suite.name} with what became of them` },
                { count: report.data.blockerCount, what: 'blockers with their replays' },
              ]
            : []
        }
        confirm="Remove clearance"
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onCancel={() => setIsRemoving(false)}
      >
        The report goes for good; its decision stays in the ledger. The same command makes the same runs
        again.
      </ConfirmDialog>
      <Loaded of={report} what="Loading the report">
        {(data) => (
          <>
            <VerdictBand verdict={data.verdict} headline={data.headline} reasons={data.reasons.slice(0, 4)}>
              {data.casesToShow !== null && isBuiltIn(data.suite.name) ? (
                <Link to={'/drive' as '/'} search={againWith(data, data.casesToShow) as never}>
                  Clear with {data.casesToShow.toLocaleString('en')} cases
                </Link>
              ) : null}
            </VerdictBand>
            <Stats>
              <Stat
                label="Cases"
                value={data.n.toLocaleString('en')}
                detail={`${data.drivenH.toFixed(1)} h driven`}
              />
              <Stat
                label="Failed"
                value={data.failures.toLocaleString('en')}
                detail={`${data.severities
                  .filter(({ failures }) => failures > 0)
                  .map(({ severity, failures }) => `${failures} ${severity}`)
                  .join(
                    ', ',
                  )}${data.struck > 0 ? `; struck in ${data.struck} more` : ''}${data.errors > 0 ? `; ${data.errors} could not be run` : ''}`}
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
                detail={`of encounters, at ${100 * data.limits.confidence} % confidence. Each class weighs as often as it is met; of the runs ${percent(data.n === 0 ? null : data.failures / data.n)} % failed.`}
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
              <ul className={styles['claims']}>
                {data.claims.map(({ statement, evidence, state }) => (
                  <li key={statement} data-holds={state === 'holds' || undefined}>
                    <Chip tone={claimMarks[state].tone}>{claimMarks[state].words}</Chip>
                    <span>
                      <b>{statement}</b> {evidence}
                    </span>
                  </li>
                ))}
              </ul>
            </Panel>
            <p className={cx(shared['note'], 'hl-code')}>
              suite {data.suite.hash} · version {data.version.hash} · code {data.code} · seeds{' '}
              {data.seeds.least}–{data.seeds.most} · states {data.digest}
            </p>
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** Suites of files are for the command line. */
function isBuiltIn(suite: string): boolean {
  return !suite.includes('.')
}

/** The form of the list, filled in as this clearance was, with more cases. */
function againWith({ version, suite, comparison, limits }: StoredReport, cases: number) {
  const single = Object.entries({ ...limits.byClass, ...limits.bySeverity }).map(
    ([name, rate]) => `${name}=${rate}`,
  )
  return {
    form: 'open',
    version: version.name,
    suite: suite.name,
    cases: String(cases),
    against: comparison?.against.name ?? 'none',
    limit: [limits.failureRate, ...single].join(','),
  }
}
