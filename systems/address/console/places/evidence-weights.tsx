import { formatDay, formatPercent } from '@heavylift/ui'
import { kindTitle } from '../kind-names.ts'
import type { PlaceView } from '../api.ts'

type Evidence = PlaceView['decision']['evidence']

/** What each document adds to the decided kind, as a bar to the right (for) or to the left (against), in log-odds. */
export function EvidenceWeights({ evidence, priorWeight }: { evidence: Evidence; priorWeight: number }) {
  const most = Math.max(1, Math.abs(priorWeight), ...evidence.map(({ weight }) => Math.abs(weight)))
  return (
    <ul className="address-weights">
      {evidence.map(({ document, source, quote, dateMs, speaksFor, weight, reliability }, at) => (
        <li key={`${at} ${document}`}>
          <span>
            <b>{document === source || document === 'address' ? sourceTitles[source] : document}</b>{' '}
            <span className="hl-fine">
              says {kindTitle(speaksFor).toLowerCase()}
              {dateMs === null ? '' : `, ${formatDay(dateMs)}`}, believed {formatPercent(reliability)}
            </span>
          </span>
          <Scale weight={weight} most={most} />
          <span className="hl-number">{signed(weight)}</span>
          {quote === '' ? null : <q>{quote}</q>}
        </li>
      ))}
      <li>
        <span>
          <b>What is usual</b> <span className="hl-fine">before anything is known</span>
        </span>
        <Scale weight={priorWeight} most={most} />
        <span className="hl-number">{signed(priorWeight)}</span>
      </li>
    </ul>
  )
}

function Scale({ weight, most }: { weight: number; most: number }) {
  const share = (50 * Math.abs(weight)) / most
  return (
    <span className="address-scale" aria-hidden="true">
      <span
        style={{
          left: weight >= 0 ? '50%' : `${50 - share}%`,
          width: `${share}%`,
          background: weight >= 0 ? 'var(--hl-good)' : 'var(--hl-bad)',
        }}
      />
    </span>
  )
}

const signed = (weight: number) => `${weight >= 0 ? '+' : '−'}${Math.abs(weight).toFixed(1)}`

const sourceTitles: Record<Evidence[number]['source'], string> = {
  form: 'Form of the address',
  unit: 'Unit in the address',
  street: 'Street and number',
  name: 'Name',
  owner: 'Owner',
  figures: 'Figures of the record',
  record: 'Record',
  delivery: 'Earlier delivery',
  note: 'Note',
  email: 'Email',
  page: 'Page',
  text: 'Text',
  correction: 'Correction',
}
