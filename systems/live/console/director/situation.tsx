import { Bar, format, Panel, StateMark, cx } from '@heavylift/ui'
import type { Match } from '../../src/domain/match.ts'
import { useHead } from '../playback/use-playback.tsx'
import type { Player } from '../playback/use-playback.tsx'
import type { InsightEntry } from '../../src/routes/answers.ts'
import { estimateWords } from '../words.ts'
import { sidesInOrder } from '../../src/domain/match.ts'
import { EstimateBar } from './estimate-bar.tsx'
import { isFinal } from '../../src/pipeline/pictures/picture.ts'
import type { Picture } from '../../src/pipeline/pictures/picture.ts'
import { sideStyle } from '../scene/side-style.ts'
import type { Book } from './insight-book.ts'
import { newestOf } from './insight-book.ts'
import { titleOfKind } from '../../src/insights/kinds.ts'
import styles from './director.module.css'

/** Insights reach the page a little before the picture that they belong to. */
const aheadMs = 500

const ofPlay = ['nfl.pocket', 'nfl.pressure', 'nfl.throw-time', 'nfl.coverage']

/** What is said of the match and of the play at the play head. */
export function Situation({
  player,
  match,
  book,
  onSelect,
}: {
  player: Player
  match: Match
  book: Book
  onSelect: (id: string) => void
}) {
  const { picture, atMs } = useHead(player, 500)
  const untilMs = (atMs ?? Infinity) + aheadMs
  const win = newestOf(book, `${match.sport}.win-probability`, untilMs)
  const momentum = newestOf(book, 'momentum', untilMs)
  const left = newestOf(book, 'nfl.end-of-game', untilMs)
  const playId = picture?.nfl?.situation?.playId
  return (
    <>
      <Panel title="The match" note="at the play head">
        <div className={styles['gauges']}>
          {picture && isFinal(picture) ? (
            <ResultGauge picture={picture} match={match} />
          ) : win ? (
            <WinGauge entry={win} match={match} onSelect={onSelect} />
          ) : (
            <Waiting what="Win probability" />
          )}
          {momentum && !(picture && isFinal(picture)) ? (
            <MomentumGauge entry={momentum} match={match} onSelect={onSelect} />
          ) : null}
          {left && left.insight.detail['isOver'] !== true ? <Gauge entry={left} onSelect={onSelect} /> : null}
        </div>
      </Panel>
      {match.sport === 'nfl' ? (
        <Panel title="The play" note="before and after the snap">
          <div className={cx(styles['gauges'], styles['gauges-play'])}>
            {ofPlay.map((kind) => {
              const entry = newestOf(book, kind, untilMs, ({ occasion }) => occasion === playId)
              return entry ? (
                <Gauge key={kind} entry={entry} onSelect={onSelect} />
              ) : (
                <Waiting key={kind} what={titleOfKind(kind)} />
              )
            })}
          </div>
        </Panel>
      ) : null}
    </>
  )
}

type GaugeProps = { entry: InsightEntry; onSelect: (id: string) => void }

function Waiting({ what }: { what: string }) {
  return (
    <div className={styles['gauge']} data-waiting>
      <span className={styles['gauge-head']}>
        <span>{what}</span>
        <span className="hl-fine">not said yet</span>
      </span>
      <Bar share={0} />
    </div>
  )
}

function Gauge({ entry, onSelect }: GaugeProps) {
  const { insight } = entry
  return (
    <button type="button" className={styles['gauge']} onClick={() => onSelect(insight.id)}>
      <span className={styles['gauge-head']}>
        <span>{titleOfKind(insight.kind)}</span>
        <b className="hl-number">{estimateWords(insight.estimate)}</b>
      </span>
      {insight.kind === 'nfl.pocket' && insight.estimate.type === 'score' ? (
        <PocketMeter value={insight.estimate.value} />
      ) : insight.estimate.type === 'classes' ? null : (
        <EstimateBar estimate={insight.estimate} happened={null} />
      )}
      <small>{insight.headline}</small>
    </button>
  )
}

function PocketMeter({ value }: { value: number }) {
  const state = value >= 66 ? 'good' : value >= 33 ? 'warn' : 'bad'
  const word = { good: 'clean', warn: 'closing', bad: 'collapsing' }[state]
  return (
    <span className={styles['pocket']}>
      <Bar share={value / 100} tone={state} label={`Pocket health ${value} of 100`} />
      <StateMark state={state}>{word}</StateMark>
    </span>
  )
}

/** What has happened takes the place of what was said of it. */
function ResultGauge({ picture, match }: { picture: Picture; match: Match }) {
  const { homeScore: home, awayScore: away } = picture
  const [first, second] = sidesInOrder(match)
  const points = { home, away }
  return (
    <div className={styles['gauge']}>
      <span className={styles['gauge-head']}>
        <span>Result</span>
        <span className="hl-fine">final</span>
      </span>
      <span className={cx(styles['versus'], 'hl-number')}>
        {[first, second].map((side) => (
          <b key={side}>
            {match[side]?.abbreviation} {points[side] ?? '–'}
          </b>
        ))}
      </span>
      <small>{resultWords(match, home, away)}</small>
    </div>
  )
}

/** e.g. `Rivertown won by 3.`; empty where the feed names no score. */
export function resultWords(match: Match, home: number | null, away: number | null): string {
  if (home === null || away === null) return ''
  if (home === away) return 'It ended level.'
  const winner = home > away ? match.home : match.away
  return `${winner?.name ?? winner?.abbreviation ?? 'The winner'} won by ${Math.abs(home - away)}.`
}

function WinGauge({ entry, match, onSelect }: GaugeProps & { match: Match }) {
  const { insight } = entry
  if (insight.estimate.type === 'classes')
    return <WinDrawLossGauge entry={entry} match={match} onSelect={onSelect} />
  const home = insight.estimate.type === 'probability' ? insight.estimate.probability : 0.5
  return (
    <button type="button" className={styles['gauge']} onClick={() => onSelect(insight.id)}>
      <span className={styles['gauge-head']}>
        <span>Win probability</span>
      </span>
      <span className={cx(styles['versus'], 'hl-number')}>
        <b>
          {match.away?.abbreviation} {format.formatPercent(1 - home)}
        </b>
        <b>
          {match.home?.abbreviation} {format.formatPercent(home)}
        </b>
      </span>
      <span
        className={styles['versus-bar']}
        style={sideStyle(match)}
        role="img"
        aria-label={`Home wins with ${format.formatPercent(home)}`}
      >
        <span style={{ width: `${(1 - home) * 100}%` }} />
      </span>
      <small>{insight.headline}</small>
    </button>
  )
}

/** Win, draw and loss as one bar, the home side first. */
function WinDrawLossGauge({ entry, match, onSelect }: GaugeProps & { match: Match }) {
  const { insight } = entry
  const classes = insight.estimate.type === 'classes' ? insight.estimate.classes : []
  const short = [match.home?.abbreviation ?? 'Home', 'Draw', match.away?.abbreviation ?? 'Away']
  return (
    <button type="button" className={styles['gauge']} onClick={() => onSelect(insight.id)}>
      <span className={styles['gauge-head']}>
        <span>Win probability</span>
      </span>
      <span className={cx(styles['versus'], 'hl-number')}>
        {classes.map(({ name, probability }, at) => (
          <b key={name}>
            {short[at]} {format.formatPercent(probability)}
          </b>
        ))}
      </span>
      <span
        className={styles['result-bar']}
        style={sideStyle(match)}
        role="img"
        aria-label={classes
          .map(({ name, probability }) => `${name} ${format.formatPercent(probability)}`)
          .join(', ')}
      >
        {classes.map(({ name, probability }) => (
          <span key={name} style={{ width: `${probability * 100}%` }} />
        ))}
      </span>
      <small>{insight.headline}</small>
    </button>
  )
}

function MomentumGauge({ entry, match, onSelect }: GaugeProps & { match: Match }) {
  const { insight } = entry
  const value = insight.estimate.type === 'score' ? insight.estimate.value : 0
  const [left, right] = sidesInOrder(match)
  const side = value < 0 ? 'away' : 'home'
  const width = `${Math.min(100, Math.abs(value)) / 2}%`
  return (
    <button type="button" className={styles['gauge']} onClick={() => onSelect(insight.id)}>
      <span className={styles['gauge-head']}>
        <span>Momentum</span>
        <span className="hl-fine">
          {match[left]?.abbreviation} ← → {match[right]?.abbreviation}
        </span>
      </span>
      <span
        className={styles['momentum']}
        style={sideStyle(match)}
        role="img"
        aria-label={`Momentum ${Math.round(value)} of ±100`}
      >
        <span data-side={side} style={side === left ? { right: '50%', width } : { left: '50%', width }} />
      </span>
      <small>{insight.headline}</small>
    </button>
  )
}
