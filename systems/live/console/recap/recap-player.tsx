import styles from './recap.module.css'

/**
 * The recap of a match and then its live stream, with its moments on a bar and "Skip to live". The player is a page of its
 * own (`/live/watch/`), which may load video from other origins.
 */
export function RecapPlayer({ matchId, seconds = 120 }: { matchId: string; seconds?: number }) {
  const query = new URLSearchParams({ match: matchId, seconds: String(seconds) })
  return (
    <iframe
      className={styles['recap-player']}
      title="Recap, then live"
      src={`/live/watch/?${query.toString()}`}
      allow="autoplay; fullscreen"
    />
  )
}
