/** Placeholders that every notice may use, filled in for each recipient. */
export const RECIPIENT_PLACEHOLDERS = ['会社名', '担当者名', '契約番号', '料金プラン', '契約種別'] as const;

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

/** The names in double braces, each once, in the order in which they stand. */
export function placeholdersOf(template: string): string[] {
  return [...new Set([...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name.trim()))];
}

/** What is wrong with a template, in sentences for its author; empty when it can be filled. */
export function templateProblems(template: string, allowed: readonly string[]): string[] {
  const unknown = placeholdersOf(template).filter((name) => !allowed.includes(name));
  const rest = template.replace(PLACEHOLDER, '');
  return [
    ...unknown.map((name) =>
      name === '' ? '名前のない差込項目「{{}}」があります。' : `「{{${name}}}」という差込項目はありません。`,
    ),
    ...(rest.includes('{{') || rest.includes('}}')
      ? ['差込項目の括弧が閉じていません。「{{会社名}}」のように、前後に二つずつ書いてください。']
      : []),
  ];
}

/** The text with its placeholders filled. Throws for one without a value: half a sentence must not go out. */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(PLACEHOLDER, (_, name: string) => {
    const value = Object.hasOwn(values, name.trim()) ? values[name.trim()] : undefined;
    if (value === undefined) throw new Error(`no value for the placeholder ${name.trim()}`);
    return value;
  });
}
