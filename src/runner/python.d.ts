/** Python scripts are bundled as text (esbuild.js). */
declare module '*.py' {
  const text: string;
  export { text as default };
}
