const Form = () => (
  <g>
    <rect x="8" y="24" width="124" height="112" rx="8" className="ove-sheet" />
    {[44, 70, 96].map((y) => (
      <g key={y}>
        <rect x="22" y={y} width="34" height="6" rx="3" className="ove-faint" />
        <rect x="22" y={y + 9} width="96" height="10" rx="3" className="ove-field" />
      </g>
    ))}
    <rect x="78" y="120" width="40" height="10" rx="5" className="ove-accent" />
  </g>
);

const Disc = () => (
  <g>
    <circle cx="260" cy="80" r="52" className="ove-accent" />
    <circle cx="260" cy="80" r="34" className="ove-ring" />
    <circle cx="260" cy="80" r="14" className="ove-hole" />
  </g>
);

const Rack = () => (
  <g>
    <rect x="388" y="16" width="124" height="128" rx="8" className="ove-sheet" />
    {[28, 66, 104].map((y) => (
      <g key={y}>
        <rect x="400" y={y} width="100" height="28" rx="4" className="ove-host" />
        <circle cx="486" cy={y + 14} r="4" className="ove-light" />
        <rect x="410" y={y + 11} width="44" height="6" rx="3" className="ove-faint" />
      </g>
    ))}
  </g>
);

const Arrow = ({ x }: { readonly x: number }) => <path d={`M${x} 80h44m-10-9 10 9-10 9`} className="ove-arrow" />;

/** Settings go into an ISO, and the ISO to the hosts. */
export const Picture = () => (
  <svg
    viewBox="0 0 520 160"
    className="ove-picture"
    role="img"
    aria-label="Settings go into an ISO, and the ISO to the hosts"
  >
    <Form />
    <Arrow x={146} />
    <Disc />
    <Arrow x={328} />
    <Rack />
  </svg>
);
