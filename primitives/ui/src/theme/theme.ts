import { createTheme } from '@mantine/core'
import type { CSSVariablesResolver } from '@mantine/core'

/** Mantine's widgets wear our tokens (`tokens.css`), so that a token is changed in one place. */
export const theme = createTheme({
  fontFamily: 'var(--hl-text-face)',
  fontFamilyMonospace: 'var(--hl-code-face)',
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  colors: {
    // Mantine paints inputs and borders of the dark theme from these.
    dark: [
      '#e8ebef',
      '#c3cad3',
      '#a6afbb',
      '#848e9b',
      '#333b46',
      '#1b2027',
      '#0e1115',
      '#0a0c0f',
      '#08090c',
      '#050607',
    ],
    accent: [
      '#eaeeff',
      '#d3dbff',
      '#aebcff',
      '#8ba3ff',
      '#6c87ff',
      '#5370fb',
      '#4a66f0',
      '#3b55d6',
      '#2f46b4',
      '#25388f',
    ],
  },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '8px', sm: '8px', md: '16px', lg: '24px', xl: '32px' },
})

export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--hl-surface)',
    '--mantine-color-text': 'var(--hl-ink)',
    '--mantine-color-dimmed': 'var(--hl-ink-2)',
    '--mantine-color-placeholder': 'var(--hl-ink-3)',
    '--mantine-color-default': 'var(--hl-raised)',
    '--mantine-color-default-hover': 'var(--hl-hover)',
    '--mantine-color-default-color': 'var(--hl-ink)',
    '--mantine-color-default-border': 'var(--hl-line-strong)',
    '--mantine-color-anchor': 'var(--hl-accent)',
    '--mantine-color-error': 'var(--hl-bad)',
  }
  return { variables: {}, light: shared, dark: shared }
}

export type ThemeName = 'dark' | 'light'

const storageKey = 'heavylift.theme'

export function currentTheme(): ThemeName {
  return document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark'
}

/** Applies a theme at once and keeps it for the next visit (`public/theme.js` reads it before the first paint). */
export function applyTheme(name: ThemeName): void {
  const root = document.documentElement
  root.dataset['theme'] = name
  root.setAttribute('data-mantine-color-scheme', name)
  try {
    localStorage.setItem(storageKey, name)
  } catch {
    // Storage may be blocked; the theme then lasts as long as the page.
  }
}
