import type { IssuedDocument, PublicDocument } from '../../db/queries/certificate/verify.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import { Facts } from '../components/facts.tsx';
import { FileField } from '../components/field.tsx';
import { publicPage } from '../components/layout.tsx';
import { dateWithEra, masked } from '../format.ts';

/** The largest file that the page takes. */
export const MAX_VERIFIED_MB = 5;

const STATUS_WORDS = {
  current: { label: '有効', tone: 'good', meaning: 'この版の契約証書は有効です。' },
  superseded: {
    label: '失効（差替済み）',
    tone: 'neutral',
    meaning: 'この版の後に新しい版が発行されました。最新の契約証書をご確認ください。',
  },
} as const satisfies Record<IssuedDocument['status'], { label: string; tone: string; meaning: string }>;

const NAMES: Record<PublicDocument['kind'], string> = {
  certificate: '契約証書',
  invoice: '請求書',
  invoiceData: '請求書（電子データ）',
  statement: '精算書',
  partnerCopy: '媒介者の請求書の写し',
  receipt: '領収書',
  deletionProof: 'データ削除証明書',
};

/** What a certificate is worth once its contract is over: it says what was, until when. */
function Ended({ endedOn }: { endedOn: CivilDate }) {
  return (
    <>
      <p>
        <span class="badge badge-neutral">契約終了</span>
      </p>
      <p class="lead">この契約証書の利用契約は、{dateWithEra(endedOn)}に終了しました。</p>
    </>
  );
}

function Verdict({ document }: { document: PublicDocument }) {
  if (document.status === 'deleted') return <Ended endedOn={document.endedOn} />;
  const { label, tone, meaning } = STATUS_WORDS[document.status];
  const { kind, revision, endedOn } = document;
  const isOver = endedOn !== null;
  return (
    <>
      {isOver ? (
        <Ended endedOn={endedOn} />
      ) : (
        <>
          <p>
            <span class={`badge badge-${tone}`}>{label}</span>
          </p>
          <p class="lead">
            {kind === 'certificate' ? meaning : `この${NAMES[kind]}は、当社が発行したものです。`}
          </p>
        </>
      )}
      {document.sandbox ? <p class="notice">テスト環境で発行された書類です。効力はありません。</p> : null}
      <Facts
        facts={[
          { label: '書類の種類', value: NAMES[kind] },
          { label: '番号', value: masked(document.number) },
          ...(revision === null ? [] : [{ label: '版', value: `第${revision}版` }]),
          { label: '発行日', value: dateWithEra(document.issuedOn) },
        ]}
      />
    </>
  );
}

function UploadForm({ error }: { error?: string }) {
  return (
    <form method="post" action="/verify" enctype="multipart/form-data">
      <FileField
        name="certificate"
        label="書類のPDFファイル"
        required
        hint={`発行されたままのファイルかどうかを確認します。ファイルは保存されません（${MAX_VERIFIED_MB}MBまで）。`}
        error={error}
        accept="application/pdf"
      />
      <button class="button button-primary" type="submit">
        ファイルを確認する
      </button>
    </form>
  );
}

/** Whether the document behind an address is ours, and whether that revision is valid. */
export function verificationPage(document: PublicDocument) {
  const title = `${NAMES[document.kind]}の確認`;
  return publicPage({
    title,
    sandbox: false,
    children: (
      <>
        <h1>{title}</h1>
        <Verdict document={document} />
        {document.status === 'deleted' ? null : <Compare />}
      </>
    ),
  });
}

function Compare() {
  return (
    <>
      <p>
        お手元の書類の番号の末尾と発行日（契約証書は版も）が上記と一致することをお確かめください。内容が書き換えられていないことは、PDFファイルで確認できます。
      </p>
      <section>
        <h2>PDFファイルの確認</h2>
        <UploadForm />
      </section>
    </>
  );
}

export type FileVerdict =
  | { state: 'asking' | 'empty' | 'unknown' }
  | { state: 'ours'; document: PublicDocument };

/** Whether a file is one that was issued, byte for byte. */
export function verifyFilePage(verdict: FileVerdict) {
  return publicPage({
    title: 'PDFファイルの確認',
    hasErrors: verdict.state === 'empty',
    sandbox: false,
    children: (
      <>
        <h1>PDFファイルの確認</h1>
        {verdict.state === 'ours' ? (
          <section role="status">
            <p class="lead">このファイルは、当社が発行した書類と1バイトも違いません。</p>
            <Verdict document={verdict.document} />
          </section>
        ) : null}
        {verdict.state === 'unknown' ? (
          <section role="status">
            <p>
              <span class="badge badge-bad">不一致</span>
            </p>
            <p class="lead">
              このファイルは、当社が発行した書類のいずれとも一致しません。書き換えられているか、別の形で保存し直された可能性があります。
            </p>
          </section>
        ) : null}
        <UploadForm
          {...(verdict.state === 'empty' ? { error: '書類のPDFファイルを選択してください。' } : {})}
        />
      </>
    ),
  });
}
