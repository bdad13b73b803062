import { parseFile } from '../../src/files/parse-file.ts'
import { graphOf } from '../graph/graph-model.ts'
import { kindOf } from '../graph/kind-words.tsx'
import styles from './step-strip.module.css'

const most = 7

/** The kinds of an agent's steps in their order, as pictures. */
export function StepStrip({ text }: { text: string }) {
  const { steps } = graphOf(parseFile(text).value)
  return (
    <span className={styles['strip']} role="img" aria-label={steps.map(({ title }) => title).join(', ')}>
      {steps.slice(0, most).map(({ id, kind, parent }) => {
        const { icon: Picture } = kindOf(kind)
        return (
          <span key={id} data-inner={parent !== null || undefined}>
            <Picture width={18} height={18} aria-hidden="true" />
          </span>
        )
      })}
      {steps.length > most ? <span className="hl-fine">+{steps.length - most}</span> : null}
    </span>
  )
}
