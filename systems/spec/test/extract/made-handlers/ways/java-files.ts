/** A file of a class. */
export const file = (
  name: string,
  code: string,
  imports: readonly string[] = [],
): Record<string, string> => ({
  [`src/main/java/barn/${name}.java`]: `package barn;\n${imports.map((one) => `import ${one};\n`).join('')}${code}`,
})
export const spring = ['java.util.*', 'org.springframework.stereotype.*', 'org.springframework.http.*']
