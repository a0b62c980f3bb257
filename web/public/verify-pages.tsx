import type { PublicCertificate } from '../../db/queries/certificate/verify.ts';
import { Facts } from '../components/facts.tsx';
import { FileField } from '../components/field.tsx';
import { publicPage } from '../components/layout.tsx';
import { dateWithEra, masked } from '../format.ts';

const STATUS_WORDS = {
  current: { label: '有効', tone: 'good', meaning: 'この版の契約証書は有効です。' },
  superseded: {
    label: '失効（差替済み）',
    tone: 'neutral',
    meaning: 'この版の後に新しい版が発行されました。最新の契約証書をご確認ください。',
  },
  revoked: { label: '取消', tone: 'bad', meaning: 'この契約証書は取り消されました。' },
} as const satisfies Record<PublicCertificate['status'], { label: string; tone: string; meaning: string }>;

function Verdict({ certificate }: { certificate: PublicCertificate }) {
  const { label, tone, meaning } = STATUS_WORDS[certificate.status];
  return (
    <>
      <p>
        <span class={`badge badge-${tone}`}>{label}</span>
      </p>
      <p class="lead">{meaning}</p>
      {certificate.sandbox ? (
        <p class="notice">テスト環境で発行された証書です。有効な契約を示すものではありません。</p>
      ) : null}
      <Facts
        facts={[
          { label: '証書番号', value: masked(certificate.number) },
          { label: '版', value: `第${certificate.revision}版` },
          { label: '発行日', value: dateWithEra(certificate.issuedOn) },
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
        label="契約証書のPDFファイル"
        required
        hint="発行されたままのファイルかどうかを確認します。ファイルは保存されません（500KBまで）。"
        error={error}
        accept="application/pdf"
      />
      <button class="button button-primary" type="submit">
        ファイルを確認する
      </button>
    </form>
  );
}

/** Whether the revision behind an address is valid. */
export function verificationPage(certificate: PublicCertificate) {
  return publicPage({
    title: '契約証書の確認',
    sandbox: false,
    children: (
      <>
        <h1>契約証書の確認</h1>
        <Verdict certificate={certificate} />
        <p>
          お手元の証書の証書番号の末尾、版、発行日が上記と一致することをお確かめください。内容が書き換えられていないことは、PDFファイルで確認できます。
        </p>
        <section>
          <h2>PDFファイルの確認</h2>
          <UploadForm />
        </section>
      </>
    ),
  });
}

export type FileVerdict =
  | { state: 'asking' | 'empty' | 'unknown' }
  | { state: 'ours'; certificate: PublicCertificate };

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
            <p class="lead">このファイルは、当社が発行した契約証書と1バイトも違いません。</p>
            <Verdict certificate={verdict.certificate} />
          </section>
        ) : null}
        {verdict.state === 'unknown' ? (
          <section role="status">
            <p>
              <span class="badge badge-bad">不一致</span>
            </p>
            <p class="lead">
              このファイルは、当社が発行した契約証書と一致しません。書き換えられているか、別の形で保存し直された可能性があります。
            </p>
          </section>
        ) : null}
        <UploadForm
          {...(verdict.state === 'empty' ? { error: '契約証書のPDFファイルを選択してください。' } : {})}
        />
      </>
    ),
  });
}
