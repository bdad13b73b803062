import { Link } from '@tanstack/react-router'
import { Stat, Stats, format } from '@heavylift/ui'
import type { GatewaySnapshot } from '../../src/metering/gateway-snapshot.ts'
import { CallsLink } from './calls-link.tsx'

/** The whole gateway in seven numbers. Unless they say otherwise they cover the last five minutes. */
export function Figures({ snapshot }: { snapshot: GatewaySnapshot }) {
  const { overall } = snapshot
  const waiting = snapshot.models.reduce((sum, model) => sum + model.waiting, 0)
  const failed = overall.failed + overall.cut
  const refused = overall.shed + overall.rejected
  return (
    <div className="models-figures">
      <Stats>
        <Stat
          label="Written"
          value={format.formatCount(overall.tokensPerSecond)}
          unit="tokens/s"
          detail={`${format.formatCount(overall.promptTokensPerSecond)} read`}
        />
        <Stat
          label="Calls"
          value={format.formatNumber(overall.callsPerSecond)}
          unit="/s"
          detail={`${format.formatCount(overall.ended)} in five minutes`}
        />
        <Stat
          label="In flight"
          value={format.formatCount(overall.inFlight)}
          detail={`${format.formatCount(waiting)} of them wait`}
          {...(waiting > 0 ? { tone: 'warn' as const } : {})}
        />
        <Stat
          label="First token, p99"
          value={overall.ttftMs ? format.formatDuration(overall.ttftMs.p99) : '–'}
          detail={overall.ttftMs ? `p50 ${format.formatDuration(overall.ttftMs.p50)}` : 'no call yet'}
        />
        <Stat
          label="From the cache"
          value={overall.cacheAsked > 0 ? format.formatPercent(overall.cacheHits / overall.cacheAsked) : '–'}
          detail={
            overall.cacheAsked > 0 ? (
              <Link to={'/models/cache' as never}>{format.formatCount(overall.cacheAsked)} asked it</Link>
            ) : (
              'no call asked it'
            )
          }
        />
        <Stat
          label="Failed or cut"
          value={format.formatCount(failed)}
          detail={
            <>
              {failed > 0 ? (
                <>
                  <CallsLink nowMs={snapshot.atMs} filter={{ status: 'failed,cut' }}>
                    show them
                  </CallsLink>
                  {', '}
                </>
              ) : null}
              <CallsLink nowMs={snapshot.atMs} filter={{ status: 'shed,rejected' }}>
                {format.formatCount(refused)} refused
              </CallsLink>
            </>
          }
          {...(failed > 0 ? { tone: 'bad' as const } : {})}
        />
        <Stat
          label="Cost, last hour"
          value={overall.costMicrosLastHour === null ? '–' : format.formatCost(overall.costMicrosLastHour)}
          detail={<Link to={'/models/usage' as never}>by tenant and model</Link>}
        />
      </Stats>
    </div>
  )
}
