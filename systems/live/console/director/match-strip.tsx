import { Fragment } from 'react'
import { StateMark, format, cx } from '@heavylift/ui'
import { sportWords } from '../words.ts'
import { sidesInOrder } from '../../src/domain/match.ts'
import type { MatchListing } from '../../src/routes/answers.ts'
import styles from './director.module.css'

/** Matches side by side with score and state; the one that is played is chosen by a click or by the arrow keys' usual ways. */
export function MatchStrip({
  matches,
  chosenId,
  onChoose,
}: {
  matches: MatchListing[]
  chosenId: string
  onChoose: (matchId: string) => void
}) {
  return (
    <nav className={styles['strip']} aria-label="Matches">
      {matches.map((listing) => {
        const { match } = listing
        return (
          <button
            key={match.id}
            type="button"
            aria-pressed={match.id === chosenId}
            onClick={() => onChoose(match.id)}
          >
            <span className={styles['strip-head']}>
              <strong>{sportWords[match.sport]}</strong>
              <MatchState listing={listing} />
            </span>
            {match.home && match.away ? (
              <span className={cx(styles['strip-score'], 'hl-number')}>
                {sidesInOrder(match).map((side, at) => (
                  <Fragment key={side}>
                    {at === 1 ? (
                      <span className="hl-fine">{match.sport === 'soccer' ? 'v' : 'at'}</span>
                    ) : null}
                    <span>{match[side]?.abbreviation}</span>
                    <b>{listing[side === 'home' ? 'homeScore' : 'awayScore'] ?? '–'}</b>
                  </Fragment>
                ))}
              </span>
            ) : (
              <span className={cx(styles['strip-title'], 'hl-cut')}>{match.title}</span>
            )}
          </button>
        )
      })}
    </nav>
  )
}

/** Silence for this long means that nothing is being played. */
const silentMs = 60_000

function MatchState({ listing: { status, lastEventMs } }: { listing: MatchListing }) {
  const nowMs = Date.now()
  if (status !== 'live') return <StateMark state="idle">Final</StateMark>
  if (nowMs - lastEventMs < silentMs) return <StateMark state="good">Live</StateMark>
  return <StateMark state="idle">Last event {format.formatAgo(lastEventMs, nowMs)}</StateMark>
}
