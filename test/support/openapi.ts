import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

type Json = Record<string, unknown>;

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required?: boolean;
  schema: Json;
}

interface OperationObject {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { content?: Record<string, { schema: Json }> }>;
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, Json> };
}

/** A request that fits the document, with its parameters as the schemas type them. */
export interface FittingRequest {
  operationId: string;
  path: Record<string, string>;
  query: Json;
  form: Json;
}

const FORM = 'application/x-www-form-urlencoded';
/** Formats of the document that are words for people, or told by a pattern beside them. */
const WORDS = ['int64', 'uri-map', 'phone-number-capabilities', 'http-method', 'currency', 'twiml'];

/**
 * Requests and responses by an OpenAPI 3.0 document. Both are held to more than the schemas ask: a request has no
 * parameter that the document does not name, a response names every property.
 */
export function openApi(document: OpenApiDocument) {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const asking = new Ajv({ strict: false, allErrors: true, coerceTypes: true });
  for (const each of [ajv, asking]) {
    addFormats.default(each);
    for (const word of WORDS) each.addFormat(word, true);
    each.addFormat('uri', /^(https?:\/\/|\/)\S+$/);
    each.addFormat('phone-number', /^\+?[\d*]+$/);
    each.addFormat('date-time-rfc-2822', (text: string) => !Number.isNaN(Date.parse(text)));
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      each.addSchema(whole(schema), `#/components/schemas/${name}`);
    }
  }
  const operations = Object.entries(document.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => compile(template, method, operation)),
  );

  function compile(template: string, method: string, operation: OperationObject) {
    const parameters = (place: 'path' | 'query') =>
      (operation.parameters ?? []).filter((parameter) => parameter.in === place);
    const object = (list: Parameter[]): Json => ({
      type: 'object',
      properties: Object.fromEntries(list.map(({ name, schema }) => [name, schema])),
      required: list.filter(({ required }) => required).map(({ name }) => name),
      additionalProperties: false,
    });
    const body = operation.requestBody?.content[FORM]?.schema ?? { type: 'object' };
    const answers = new Map<number, ValidateFunction | null>();
    for (const [status, { content }] of Object.entries(operation.responses)) {
      const schema = content?.['application/json']?.schema;
      answers.set(Number(status), schema === undefined ? null : ajv.compile(whole(schema)));
    }
    const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const pattern = new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '([^/]+?)')}$`);
    return {
      method,
      operationId: operation.operationId,
      pathOf: (pathname: string) => {
        const match = pattern.exec(pathname);
        return match && Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? '']));
      },
      path: asking.compile(object(parameters('path'))),
      query: asking.compile(object(parameters('query'))),
      form: asking.compile({ ...body, additionalProperties: false }),
      answers,
    };
  }

  return {
    /** The operation that a request asks for; `unknown` for no such path, `wrong` with reasons for what does not fit. */
    read(
      method: string,
      url: URL,
      form: Json,
    ): { fits: FittingRequest } | { unknown: 'path' | 'method' } | { wrong: string[] } {
      const there = operations.filter(({ pathOf }) => pathOf(url.pathname) !== null);
      const operation = there.find((each) => each.method === method.toLowerCase());
      if (operation === undefined) return { unknown: there.length === 0 ? 'path' : 'method' };
      const path = operation.pathOf(url.pathname) ?? {};
      const query = once(url.searchParams);
      const wrong = [operation.path(path), operation.query(query), operation.form(form)].flatMap(
        (fits, index) => (fits ? [] : reasons([operation.path, operation.query, operation.form][index])),
      );
      if (wrong.length > 0) return { wrong };
      return { fits: { operationId: operation.operationId, path, query, form } };
    },

    /** Throws for an answer that the document does not describe: the stand-in itself would be wrong. */
    requireAnswer(operationId: string, status: number, body: unknown): void {
      const answers = operations.find((each) => each.operationId === operationId)?.answers;
      const validate = answers?.get(status);
      if (validate === undefined) throw new Error(`${operationId} has no answer ${status}`);
      if (validate === null ? body !== undefined : !validate(body)) {
        throw new Error(
          `${operationId} ${status}: ${validate === null ? 'no body' : reasons(validate).join('; ')}`,
        );
      }
    },
  };
}

/** Parameters of a query or form by name. A repeated one has no place in these operations: it fits no schema. */
export function once(parameters: URLSearchParams): Json {
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

function reasons(validate: ValidateFunction | undefined): string[] {
  return (validate?.errors ?? []).map(({ instancePath, message, params }) =>
    `${instancePath} ${message} ${JSON.stringify(params)}`.trim(),
  );
}

/** The schema with every property required and no other allowed; maps and capabilities stay open. */
function whole(schema: Json): Json {
  const { properties, items } = schema as { properties?: Record<string, Json>; items?: Json };
  if (items !== undefined) return { ...schema, items: whole(items) };
  if (properties === undefined) return schema;
  return {
    ...schema,
    properties: Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, whole(each)])),
    required: Object.keys(properties),
    additionalProperties: false,
  };
}
