const paths = {
  search: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Zm4 9.5 4 4',
  person: 'M10 10a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.500Zm-6.5 7a6.5 6.5 0 0 1 13 0',
  basket: 'M3 7.500h14l-1.5 9h-11L3 7.500Zm3.5 0L9 3m4.5 4.500L11 3',
  truck:
    'M2.5 5h9v9h-9zM11.5 8h3.500l2.5 3v3h-6M6 16.500a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Zm8.5 0a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Z',
  spark: 'M10 2.5 11.8 8.2 17.5 10l-5.7 1.800L10 17.500l-1.8-5.700L2.5 10l5.7-1.800z',
  check: 'm4 10.5 4 4 8-9',
  shield: 'M10 2.5 16 5v5c0 4-2.6 6.5-6 7.5-3.4-1-6-3.5-6-7.500V5z',
  coin: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm0 3.500v7m-2-5h3a1.3 1.3 0 0 1 0 2.600H9a1.3 1.3 0 0 0 0 2.600h3',
  bolt: 'M11 2.5 4.5 11.500H10L9 17.500l6.5-9H10z',
}

export function StoreIcon({ name }: { name: keyof typeof paths }) {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}
