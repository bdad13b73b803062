import { cx } from '@heavylift/ui'
import type { Match } from '../../src/domain/match.ts'
import type { RaceFlagState } from '../../src/domain/feed-event.ts'
import { useHead } from '../playback/use-playback.tsx'
import type { Player } from '../playback/use-playback.tsx'
import { teamColours } from '../scene/team-colours.ts'
import { clockWords, situationWords } from '../words.ts'
import { sidesInOrder } from '../../src/domain/match.ts'
import type { Book } from './insight-book.ts'
import styles from './director.module.css'

const flagWords: Record<RaceFlagState, string> = {
  green: 'Green',
  caution: 'Caution',
  red: 'Red flag',
  white: 'Last lap',
  checkered: 'Finished',
  'warm-up': 'Warm-up',
  none: 'No flag',
}

/** Score, clock and state at the play head, over the picture. */
export function Scoreboard({ player, match }: { player: Player; match: Match; book: Book }) {
  const { picture } = useHead(player, 500)
  const colours = teamColours(match)
  const possession =
    picture?.nfl?.situation?.possession ?? picture?.nba?.possession ?? picture?.soccer?.possession ?? null
  return (
    <header className={styles['score']}>
      {picture?.race ? (
        <>
          <span className={styles['flag']} data-flag={picture.race.flag}>
            {flagWords[picture.race.flag]}
          </span>
          <strong className="hl-number">{clockWords(match, picture)}</strong>
          <span className="hl-dim hl-cut">{match.title}</span>
          <span className={cx('hl-dim', styles['score-note'])}>
            {picture.race.lapsToGo === null ? '' : `${picture.race.lapsToGo} to go`}
          </span>
        </>
      ) : (
        <>
          {sidesInOrder(match).map((side) => (
            <span key={side} className={styles['score-side']}>
              <i style={{ background: colours[side] }} aria-hidden="true" />
              <span className={styles['score-name']}>{match[side]?.name ?? side}</span>
              <span className={styles['score-short']}>{match[side]?.abbreviation ?? side}</span>
              <b className="hl-number">{picture?.[side === 'home' ? 'homeScore' : 'awayScore'] ?? '–'}</b>
              {possession === side ? (
                <span className={styles['score-ball']} title="Has the ball">
                  ◆<span className="hl-hidden"> has the ball</span>
                </span>
              ) : null}
            </span>
          ))}
          <strong className="hl-number">{picture ? clockWords(match, picture) : ''}</strong>
          <span className={cx('hl-dim', styles['score-note'])}>{picture ? situationWords(picture) : ''}</span>
        </>
      )}
      <p className={cx(styles['caption'], 'hl-cut')}>{picture?.caption ?? ''}</p>
    </header>
  )
}
