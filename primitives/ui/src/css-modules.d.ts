// What a bundler makes of a style sheet that is a module: its class names by the names in the file.
declare module '*.module.css' {
  const names: Readonly<Record<string, string>>
  export default names
}
