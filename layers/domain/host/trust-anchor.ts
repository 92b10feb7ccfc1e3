import { type CarriedFile, toIgnitionFile } from './host-file.ts';

interface TrustSettings {
  readonly additional_trust_bundle?: string | undefined;
}

/**
 * The bundle as a CA anchor, named as the assisted-service names it (assisted-service API 5.2). CoreOS's own
 * coreos-update-ca-trust.service runs `update-ca-trust extract` at a first boot, which every boot of a live image is, when
 * this folder is not empty, before basic.target and so before anything that talks TLS: no unit of ours is needed.
 */
export const trustAnchorFiles = ({ additional_trust_bundle: bundle }: TrustSettings): CarriedFile[] =>
  bundle
    ? [
        toIgnitionFile({
          path: '/etc/pki/ca-trust/source/anchors/assisted-infraenv-additional-trust-bundle.pem',
          mode: 0o644,
          text: `${bundle}\n`,
        }),
      ]
    : [];

/** In infraenv.yaml. */
export const trustSpec = ({ additional_trust_bundle: bundle }: TrustSettings) =>
  bundle === undefined ? {} : { additionalTrustBundle: bundle };
